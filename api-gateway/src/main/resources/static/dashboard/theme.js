// Runs before the first paint, so that a page never flashes in the wrong theme.
(() => {
  const NAME = 'gonka-pulse.theme';
  const ORDER = ['auto', 'light', 'dark'];
  const system = matchMedia('(prefers-color-scheme: dark)');

  function chosen() {
    try {
      const theme = localStorage.getItem(NAME);
      return ORDER.includes(theme) ? theme : 'auto';
    } catch {
      return 'auto';
    }
  }

  function apply(theme) {
    const root = document.documentElement;
    root.dataset.theme = theme;
    // Swagger UI uses this class.
    root.classList.toggle('dark-mode', theme === 'dark' || (theme === 'auto' && system.matches));
    const button = document.getElementById('theme');
    if (button) {
      button.textContent = { auto: 'Auto', light: 'Light', dark: 'Dark' }[theme];
      button.setAttribute('aria-label', `Theme: ${button.textContent}. Press for the next one`);
    }
  }

  function next() {
    const theme = ORDER[(ORDER.indexOf(document.documentElement.dataset.theme) + 1) % ORDER.length];
    try {
      localStorage.setItem(NAME, theme);
    } catch {
      // Without storage the choice lasts until the page is closed.
    }
    apply(theme);
  }

  apply(chosen());
  system.addEventListener('change', () => apply(document.documentElement.dataset.theme));
  document.addEventListener('DOMContentLoaded', () => {
    apply(document.documentElement.dataset.theme);
    document.getElementById('theme').addEventListener('click', next);
  });
})();
