// A button beside the password that shows what was typed. Without this script the field works as it is.
for (const field of document.querySelectorAll("input[type=password][data-show]")) {
  const label = document.createElement("label");
  const tick = document.createElement("input");
  label.className = "tick";
  tick.className = "tick-box";
  tick.type = "checkbox";
  label.append(tick, " " + field.dataset.show);
  field.after(label);
  tick.addEventListener("change", () => { field.type = tick.checked ? "text" : "password"; });
  field.form.addEventListener("submit", () => { field.type = "password"; });
}
