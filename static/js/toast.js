// A toast leaves after 8 seconds, unless somebody is pointing at it or has the focus in it.
const STAYS = 8000;

export function startToasts() {
  for (const toast of document.querySelectorAll("[data-toast]")) leaveLater(toast);
}

function leaveLater(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast);
    else toast.remove();
  }, STAYS);
}

// What a script has just done, as a toast of the server says it.
export function tell(words) {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = words;
  document.querySelector("[data-toasts]").append(toast);
  leaveLater(toast);
  say(words);
}

// Words for screen readers, about something that happened elsewhere on the page.
export function say(words) {
  const region = document.querySelector("[data-live-words]");
  if (region) region.textContent = words;
}
