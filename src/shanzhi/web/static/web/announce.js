// What a page has to say is said to a screen reader too: a live region that is there from the start is silent in most
// of them, so its words are put in once more. What stops somebody gets the focus, as the first thing to read.
"use strict";
(() => {
  const said = document.querySelectorAll("main [role=status], main [role=alert]");
  setTimeout(() => said.forEach((each) => each.replaceChildren(...each.childNodes)), 200);
  const stop = document.querySelector("main [role=alert]");
  if (stop) {
    stop.tabIndex = -1;
    stop.focus();
  }
})();
