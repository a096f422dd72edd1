// Asks how far the work has come, and shows the page anew once it is over. Without it the page renews itself.
const work = document.getElementById("work");
const bar = work.querySelector("progress");
const count = document.getElementById("count");

async function look() {
  const answer = await fetch(work.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return location.reload();
  const told = await answer.json();
  if (!told.working) return location.reload();
  if (told.of) {
    bar.max = told.of;
    bar.value = told.done;
    count.textContent = `${told.done} / ${told.of}`;
  }
  setTimeout(look, 700);
}

look().catch(() => setTimeout(() => location.reload(), 5000));
