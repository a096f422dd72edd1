// The page that checks a proof. What it says stands in the page itself, translated: #words.
import { NotProved, check, checkGrown, hex, parseKey } from "./proof.js";

const find = (id) => document.getElementById(id);
const words = Object.fromEntries(Array.from(find("words").children, (each) => [each.dataset.key, each.textContent]));
const form = find("checker");
const result = find("result");
const say = (name) => words[name] || name;

function line(name, value) {
  const term = document.createElement("dt");
  const says = document.createElement("dd");
  term.textContent = say(name);
  says.textContent = value;
  if (["root", "digest", "log"].includes(name)) says.className = "code";
  return [term, says];
}

function show(kind, title, texts, facts = []) {
  result.className = `notice notice-${kind}`;
  const head = document.createElement("p");
  head.className = "notice-title";
  head.textContent = title;
  const list = document.createElement("dl");
  list.className = "facts";
  list.append(...facts.flatMap(([name, value]) => line(name, value)));
  result.replaceChildren(head, ...texts.map((text) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    return paragraph;
  }), ...(facts.length ? [list] : []));
  result.hidden = false;
  result.focus();
}

/** A UTC moment as clocks in the village show it, to the minute; anything else as it stands. */
function clock(moment) {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  return `${new Date(at.getTime() + 8 * 3600e3).toISOString().slice(0, 16).replace("T", " ")} UTC+8`;
}

function refuse(problem) {
  if (!(problem instanceof NotProved)) {
    show("stop", say("failed"), [String(problem.message || problem)]);
    return;
  }
  show("stop", say("not_proved"), [`${say(`part_${problem.part}`)}: ${say(`why_${problem.why}`)}`]);
}

async function bytesOf(id) {
  const file = find(id).files[0];
  return file ? new Uint8Array(await file.arrayBuffer()) : null;
}

/** The proof to check: the file chosen, or the one of the document that this page was opened for. */
async function wanted(older) {
  const own = await bytesOf("bundle");
  if (own || !form.dataset.bundle) return own;
  const grown = older ? `?from=${older.point.size}` : "";
  const answer = await fetch(form.dataset.bundle + grown);
  if (!answer.ok) throw new Error(say("no_answer"));
  return new Uint8Array(await answer.arrayBuffer());
}

async function run(event) {
  event.preventDefault();
  result.hidden = true;
  result.className = "";
  try {
    const own = find("own_key").value.trim();
    const key = parseKey(own || form.dataset.key);
    const kept = await bytesOf("older");
    const older = kept ? check(kept, key) : null;
    const bytes = await wanted(older);
    if (!bytes) {
      show("warn", say("no_file"), []);
      return;
    }
    const found = check(bytes, key);
    if (older) checkGrown(older, found);
    const { leaf, point } = found;
    const grown = older ? [["grown", `${older.point.size} → ${point.size}`]] : [];
    show("good", say("proved"), [say(own ? "with_own_key" : "with_page_key"), say("limits")], [
      ["title", leaf.title], ["issuing_body", leaf.issuing_body], ["posted_on", leaf.posted_on],
      ["claimed_time", clock(leaf.claimed_time)], ["log", point.origin], ["entries", String(point.size)],
      ["position", String(found.index)], ["root", hex(point.root)], ["digest", leaf.digest], ...grown,
    ]);
  } catch (problem) {
    refuse(problem);
  }
}

form.addEventListener("submit", run);
find("waiting").hidden = true;
form.hidden = false;
