// Where the focus goes when the page under it changes, is skipped, or a menu closes.
let waiting;

/** Puts the focus on the title of the page as soon as there is one, unless the person has moved on meanwhile. */
export function focusTitle() {
  const from = document.activeElement;
  const arrive = () => {
    const title = document.querySelector('main h1'), stayed = [from, document.body, null].includes(document.activeElement);
    if (title && stayed) title.focus();
    if (title || !stayed) waiting?.disconnect();
    return title || !stayed;
  };
  waiting?.disconnect();
  waiting = undefined;
  if (arrive()) return;
  waiting = new MutationObserver(arrive);
  waiting.observe(document.querySelector('main'), { childList: true, subtree: true });
}

/** Follows a skip link: to the title for the whole content, else to the part it names. */
export function skip(link) {
  const part = document.getElementById(link.hash.slice(1));
  (part?.querySelector(':scope h1') ?? part)?.focus();
}

/** Closes the menu around an element and gives the focus back to what opened it; false where there is none. */
export function closeMenu(element) {
  const menus = 'details[open]:is(.chart-menu, .range-custom)';
  const menu = element.closest?.(menus) ?? document.querySelector(menus);
  if (!menu) return false;
  menu.open = false;
  menu.querySelector('summary').focus();
  return true;
}
