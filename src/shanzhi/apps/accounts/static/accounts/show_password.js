// A tick below the last password field that shows what was typed. Without this script the form works as it is.
for (const last of document.querySelectorAll("input[type=password][data-show]")) {
  const fields = last.form.querySelectorAll("input[type=password]");
  const label = document.createElement("label");
  const tick = document.createElement("input");
  const show = (shown) => fields.forEach((field) => { field.type = shown ? "text" : "password"; });
  label.className = "tick";
  tick.className = "tick-box";
  tick.type = "checkbox";
  label.append(tick, " " + last.dataset.show);
  last.after(label);
  tick.addEventListener("change", () => show(tick.checked));
  last.form.addEventListener("submit", () => show(false)); // so that no browser remembers it as text
}
