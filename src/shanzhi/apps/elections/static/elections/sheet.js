// The count sheet adds up while it is typed: votes of a post against seats times valid papers.
// The server checks the same again; without this script nothing is lost but the running sums.
(() => {
  const form = document.querySelector("[data-sheet]");
  if (!form) return;
  const whole = (input) => Number.parseInt(input?.value || "0", 10) || 0;
  const mark = (input, wrong) => {
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    input.closest(".field").classList.toggle("is-wrong", wrong);
    input.title = wrong ? form.dataset.over : "";
  };
  const reckon = () => {
    const papers = form.elements.collected;
    const spoilt = form.elements.void;
    if (!spoilt) { // the ballots account: more out of the box than handed out makes the election invalid
      const { issued } = form.elements;
      const more = issued.value !== "" && whole(papers) > whole(issued);
      mark(papers, more);
      form.querySelector("[data-more]").hidden = !more;
      return;
    }
    const valid = Math.max(0, whole(papers) - whole(spoilt));
    mark(spoilt, papers.value !== "" && whole(spoilt) > whole(papers));
    for (const post of form.querySelectorAll("[data-post]")) {
      const inputs = [...post.querySelectorAll("input")];
      const sum = inputs.reduce((total, input) => total + whole(input), 0);
      const most = valid * Number.parseInt(post.dataset.seats, 10);
      const known = papers.value !== "";
      post.querySelector("[data-sum]").textContent = String(sum);
      post.querySelector("[data-most]").textContent = known ? String(most) : "—";
      post.querySelector("[data-wrong]").hidden = !known || sum <= most;
      for (const input of inputs) mark(input, known && whole(input) > valid);
    }
  };
  form.addEventListener("input", reckon);
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault(); // a double click is one sheet
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
  reckon();
})();
