// The count sheet adds up while it is typed: votes of a post against seats times valid papers.
// The server checks the same again; without this script nothing is lost but the running sums.
(() => {
  const form = document.querySelector("[data-sheet]");
  if (!form) return;
  const number = (name) => Number.parseInt(form.elements[name]?.value || "0", 10) || 0;
  const reckon = () => {
    const valid = Math.max(0, number("collected") - number("void"));
    for (const post of form.querySelectorAll("[data-post]")) {
      const inputs = [...post.querySelectorAll("input[type=number]")];
      const sum = inputs.reduce((total, input) => total + (Number.parseInt(input.value || "0", 10) || 0), 0);
      const most = valid * Number.parseInt(post.dataset.seats, 10);
      post.querySelector("[data-sum]").textContent = String(sum);
      post.querySelector("[data-most]").textContent = String(most);
      post.classList.toggle("is-wrong", sum > most);
      for (const input of inputs) {
        const over = (Number.parseInt(input.value || "0", 10) || 0) > valid;
        input.setCustomValidity(over ? form.dataset.over : "");
        input.toggleAttribute("aria-invalid", over);
      }
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
