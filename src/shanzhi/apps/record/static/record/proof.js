// Checks a bundle exactly as core/merkle/bundle.py does: canonical form, digest, signed note, inclusion, consistency.
// Hashes and signatures come from @noble, not from the browser: browsers lend theirs only to pages that came by TLS.
import { hashes, verify as verifySignature } from "../vendor/noble/ed25519.js";
import { sha256, sha512 } from "../vendor/noble/sha2.js";

hashes.sha512 = sha512;

const VERSION = "shanzhi-bundle/1";
const HASH_BYTES = 32;
const FIELDS = ["checkpoint", "consistency", "document", "inclusion_proof", "index", "leaf", "version"];
const LEAF_FIELDS = [
  "claimed_time", "digest", "issuing_body", "kind", "media_type", "number", "place", "place_code", "posted_on", "title",
  "title_en",
];
const utf8 = new TextEncoder();

/** A part of a proof that does not hold. `part` names it, `why` is a word that the page has a sentence for. */
export class NotProved extends Error {
  constructor(part, why) {
    super(`${part}: ${why}`);
    this.part = part;
    this.why = why;
  }
}

const fail = (part, why) => { throw new NotProved(part, why); };
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const leafHash = (data) => sha256(join([0], data));
const nodeHash = (left, right) => sha256(join([1], left, right));

function decode(text, part) {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) fail(part, "shape");
  let raw = "";
  try { raw = atob(text); } catch { fail(part, "shape"); }
  if (btoa(raw) !== text) fail(part, "shape");
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

/** JSON in the one form of RFC 8785, which is defined by what ECMAScript itself writes. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return plain(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${plain(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** Half a character, and a whole number that is not exact any more, have no canonical form (RFC 8785, 3.2.2). */
function plain(value) {
  const inexact = Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;
  if (inexact || (typeof value === "string" && /\p{Surrogate}/u.test(value))) fail("file", "edited");
  return JSON.stringify(value);
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const hasFields = (value, names) => isObject(value) && canonical(Object.keys(value).sort()) === canonical(names);
const hashList = (value, part) => {
  if (!Array.isArray(value)) fail(part, "shape");
  return value.map((each) => decode(each, part));
};

/** A log's public key: name+hash+base64. */
export function parseKey(line) {
  const found = /^([^\s\p{C}+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(line.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
  if (!found) fail("key", "shape");
  const body = decode(found[3], "key");
  if (body.length !== 33 || body[0] !== 1) fail("key", "shape");
  const hash = sha256(join(utf8.encode(`${found[1]}\n`), body)).slice(0, 4);
  if (hex(hash) !== found[2]) fail("key", "mistyped");
  return { name: found[1], hash, bytes: body.slice(1) };
}

function read(bytes) {
  let text = "";
  let fields = null;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    fields = JSON.parse(text);
  } catch { fail("file", "not_json"); }
  if (!isObject(fields) || fields.version !== VERSION) fail("file", "not_a_proof");
  if (!hasFields(fields, FIELDS)) fail("file", "fields");
  if (canonical(fields) !== text) fail("file", "edited");
  return fields;
}

function readNote(note, key) {
  const [text, tail, ...more] = typeof note === "string" ? note.split("\n\n") : [];
  const lines = (text || "").split("\n");
  if (!tail || more.length || lines.length !== 3 || !tail.endsWith("\n")) fail("checkpoint", "shape");
  if (!/^(0|[1-9][0-9]{0,15})$/.test(lines[1]) || !whole(Number(lines[1]))) fail("checkpoint", "shape");
  const root = decode(lines[2], "checkpoint");
  if (root.length !== 32) fail("checkpoint", "shape");
  if (lines[0] !== key.name) fail("checkpoint", "other_log");
  const signed = tail.slice(0, -1).split("\n").map((line) => line.split(" "));
  if (signed.some((parts) => parts.length !== 3 || parts[0] !== "\u2014")) fail("checkpoint", "shape");
  const values = signed.map(([, name, value]) => [name, decode(value, "checkpoint")]);
  if (values.some(([, value]) => value.length < 5)) fail("checkpoint", "shape");
  const mine = values.filter(([name, value]) => name === key.name && same(value.slice(0, 4), key.hash));
  if (mine.length !== 1) fail("checkpoint", "other_key");
  let good = false;
  try {
    good = verifySignature(mine[0][1].slice(4), utf8.encode(`${text}\n`), key.bytes, { zip215: false });
  } catch { good = false; }
  if (!good) fail("checkpoint", "signature");
  return { origin: lines[0], size: Number(lines[1]), root };
}

const half = (n) => Math.floor(n / 2);
const whole = (n) => Number.isSafeInteger(n) && n >= 0;

/** The root that an inclusion proof leads to (RFC 9162, 2.1.3.2). */
function rootOf(index, size, leaf, proof) {
  if (!whole(index) || index >= size) fail("inclusion_proof", "does_not_lead");
  let [at, last, node] = [index, size - 1, leaf];
  for (const part of proof) {
    if (last === 0 || part.length !== HASH_BYTES) fail("inclusion_proof", "does_not_lead");
    if (at % 2 || at === last) {
      node = nodeHash(part, node);
      while (at % 2 === 0 && at) [at, last] = [half(at), half(last)];
    } else node = nodeHash(node, part);
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) fail("inclusion_proof", "does_not_lead");
  return node;
}

/** Everything a bundle claims. Throws NotProved. */
export function check(bytes, key) {
  const fields = read(bytes);
  const document = decode(fields.document, "document");
  if (!hasFields(fields.leaf, LEAF_FIELDS)) fail("leaf", "shape");
  if (fields.leaf.digest !== `sha256:${hex(sha256(document))}`) fail("document", "altered");
  const point = readNote(fields.checkpoint, key);
  const proof = hashList(fields.inclusion_proof, "inclusion_proof");
  const leaf = leafHash(utf8.encode(canonical(fields.leaf)));
  if (!same(rootOf(fields.index, point.size, leaf, proof), point.root)) fail("inclusion_proof", "does_not_lead");
  return { document, leaf: fields.leaf, index: fields.index, point, consistency: readConsistency(fields.consistency, point.size) };
}

function readConsistency(value, size) {
  if (value === null) return null;
  if (!hasFields(value, ["from_size", "proof"]) || !whole(value.from_size)) fail("consistency", "shape");
  if (value.from_size === 0 || value.from_size >= size) fail("consistency", "shape"); // no log that could grow to this one
  return { from_size: value.from_size, proof: hashList(value.proof, "consistency") };
}

/** That the newer bundle's log begins with the older one's (RFC 9162, 2.1.4.2). Throws NotProved. */
export function checkGrown(older, newer) {
  const [from, to] = [older.point, newer.point];
  if (from.size > to.size) fail("consistency", "older");
  if (from.size === to.size) {
    if (!same(from.root, to.root)) fail("consistency", "rewritten");
    return;
  }
  const given = newer.consistency;
  if (given === null || given.from_size !== from.size) fail("consistency", "no_proof");
  if (given.proof.some((part) => part.length !== HASH_BYTES)) fail("consistency", "rewritten");
  const path = [...given.proof];
  let [at, last] = [from.size - 1, to.size - 1];
  while (at % 2) [at, last] = [half(at), half(last)];
  if (at === 0) path.unshift(from.root);
  if (!path.length) fail("consistency", "rewritten");
  let [first, second] = [path[0], path[0]];
  for (const part of path.slice(1)) {
    if (last === 0) fail("consistency", "rewritten");
    if (at % 2 || at === last) {
      [first, second] = [nodeHash(part, first), nodeHash(part, second)];
      while (at % 2 === 0 && at) [at, last] = [half(at), half(last)];
    } else second = nodeHash(second, part);
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0 || !same(first, from.root) || !same(second, to.root)) fail("consistency", "rewritten");
}
