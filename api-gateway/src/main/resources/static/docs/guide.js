// The recipes use this gateway and one of its nodes, and show one language at a time.

const NAME = 'gonka-pulse.guide';
const ORIGIN = 'http://localhost:8080';
const ADDRESS = 'gonka1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqrk8pql';
const LANGUAGES = ['curl', 'JavaScript', 'Python'];
const codes = [...document.querySelectorAll('.code code')];

function replaceAll(from, to) {
  codes.forEach((code) => {
    code.textContent = code.textContent.replaceAll(from, to);
  });
}

/** Only an address goes into the recipes: other identifiers may contain what a shell or a language interprets. */
async function useRealNode() {
  const response = await fetch('/api/v1/nodes?limit=10&sort=-votingWeight');
  const nodes = response.ok ? (await response.json()).items : [];
  const node = nodes.find(({ identifier }) => /^[a-z0-9]+$/.test(identifier));
  if (node) {
    replaceAll(ADDRESS, node.identifier);
  }
}

function stored() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function choose(language) {
  try {
    localStorage.setItem(NAME, language);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  document.querySelectorAll('.code').forEach((one) => {
    one.hidden = one.dataset.language !== language;
  });
  document.querySelectorAll('.choice input').forEach((input) => {
    input.checked = input.value === language;
  });
}

/** The same row of languages in each recipe: a choice in one changes all. */
function addTabs(recipe) {
  const fieldset = document.createElement('fieldset');
  fieldset.className = 'choice';
  fieldset.append(Object.assign(document.createElement('legend'), { className: 'spoken', textContent: 'Language' }));
  for (const language of LANGUAGES) {
    const label = document.createElement('label');
    const input = Object.assign(document.createElement('input'), { type: 'radio', name: `${recipe.id}-language`, value: language });
    input.addEventListener('change', () => choose(language));
    label.append(input, Object.assign(document.createElement('span'), { textContent: language }));
    fieldset.append(label);
  }
  const tools = Object.assign(document.createElement('div'), { className: 'tools' });
  tools.append(fieldset, ...copyButton(recipe));
  recipe.querySelector('.panel-head').append(tools);
  recipe.classList.add('has-tabs');
}

/** Browsers allow clipboard access to pages over TLS or from localhost only. */
function copyButton(recipe) {
  if (!navigator.clipboard) {
    return [];
  }
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: 'Copy' });
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(recipe.querySelector('.code:not([hidden]) code').textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2_000);
  });
  return [button];
}

replaceAll(ORIGIN, location.origin);
document.querySelectorAll('.recipe').forEach(addTabs);
choose(LANGUAGES.includes(stored()) ? stored() : LANGUAGES[0]);
useRealNode().catch(() => {
  // The recipes keep the sample address.
});
