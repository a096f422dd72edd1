// Reads the page aloud with the browser's own voice. The button shows only where there is one for the page's language.
"use strict";
(() => {
  const button = document.getElementById("read-aloud");
  const speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;

  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, label, legend, summary, a.btn, button";
  const SILENT = "script, thead, select, textarea, [aria-hidden=true], [hidden]";
  const LONGEST = 160; // letters a breath: some voices fall silent in long texts
  const language = document.documentElement.lang.slice(0, 2);
  const mark = document.documentElement.lang.startsWith("zh") ? "：" : ": ";
  const face = button.textContent;
  let round = 0; // which press of the button is speaking; 0 for none

  function voice() {
    const speaks = (each) => each.lang.toLowerCase().replace("_", "-");
    const known = speech.getVoices().filter((each) => speaks(each).startsWith(language) || (language === "zh" && speaks(each).startsWith("cmn")));
    return known.find((each) => /-cn|hans/.test(speaks(each))) || known[0];
  }

  function offer() {
    button.hidden = !voice();
  }

  function seen(element) {
    return element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
  }

  // Every piece of text under the block that it stands in, in the order of the page.
  function parts() {
    const found = [];
    const main = document.querySelector("main");
    const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.data.replace(/\s+/g, " ").trim();
      const around = walk.currentNode.parentElement;
      if (!text || around.closest(SILENT) || !seen(around)) continue;
      const block = around.closest(BLOCKS) || around;
      const last = found[found.length - 1];
      if (last && last.block === block) last.text += ` ${text}`;
      else found.push({ block, text: (block.dataset.label ? block.dataset.label + mark : "") + text });
    }
    return found.flatMap(({ block, text }) => breaths(text).map((breath) => ({ block, text: breath })));
  }

  function breaths(text) {
    const sentences = text.match(/[^。！？；.!?;]+[。！？；.!?;]*/g) || [text];
    const found = [""];
    for (const each of sentences) {
      if (found[found.length - 1].length + each.length > LONGEST) found.push("");
      found[found.length - 1] += each;
    }
    return found.filter((each) => each.trim());
  }

  function say(all, at, mine) {
    document.querySelector(".being-read")?.classList.remove("being-read");
    if (mine !== round) return;
    if (at >= all.length) return stop();
    const said = new SpeechSynthesisUtterance(all[at].text);
    said.voice = voice();
    said.lang = said.voice.lang;
    said.rate = 0.9;
    said.onend = () => say(all, at + 1, mine);
    said.onerror = () => mine === round && stop();
    all[at].block.classList.add("being-read");
    all[at].block.scrollIntoView({ block: "nearest" });
    speech.speak(said);
  }

  function stop() {
    round = 0;
    speech.cancel();
    document.querySelector(".being-read")?.classList.remove("being-read");
    button.textContent = face;
  }

  let presses = 0;
  button.addEventListener("click", () => {
    if (round) return stop();
    speech.cancel();
    round = ++presses;
    button.textContent = button.dataset.stop;
    say(parts(), 0, round);
  });
  window.addEventListener("pagehide", stop);
  speech.addEventListener?.("voiceschanged", offer);
  offer();
})();
