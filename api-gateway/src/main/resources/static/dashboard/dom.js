// h() describes elements, and show() updates a part of the page to match, changing only what differs. So focus,
// selection and scroll positions survive a refresh, and nothing flickers.

const SVG = 'http://www.w3.org/2000/svg';
const TYPED = ['search', 'date', 'datetime-local'];

/** Describes an element. Omits null and false among the children, and flattens lists. */
export function h(tag, properties, ...children) {
  return {
    tag,
    properties: properties ?? {},
    key: properties?.key,
    children: children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  };
}

/** Updates the container to match the description. */
export function show(container, ...described) {
  patchChildren(container, h('', null, ...described).children);
}

/**
 * A function that describes each object once. The same description again is not compared, which keeps long lists cheap;
 * so it must depend on the object only.
 */
export function once(describe) {
  const known = new WeakMap();
  return (object) => {
    if (!known.has(object)) {
      known.set(object, describe(object));
    }
    return known.get(object);
  };
}

/** An SVG element that is created once and never compared. */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const drawn = new WeakMap();

function patchChildren(parent, described) {
  const before = drawn.get(parent) ?? [];
  const keyed = new Map(before.filter((old) => old.key !== undefined).map((old) => [old.key, old]));
  const unkeyed = before.filter((old) => old.key === undefined);
  const after = described.map((child) => {
    const old = child?.key === undefined ? unkeyed.shift() : keyed.get(child.key);
    return fits(old, child) ? kept(old, child) : created(parent, child);
  });
  const stay = new Set(after.map((one) => one.node));
  before.filter((old) => !stay.has(old.node)).forEach((old) => old.node.remove());
  let place = null;
  for (let i = after.length - 1; i >= 0; i--) {
    const { node } = after[i];
    if (node.parentNode !== parent || node.nextSibling !== place) {
      parent.insertBefore(node, place);
    }
    place = node;
  }
  drawn.set(parent, after);
}

function fits(old, child) {
  return old !== undefined && (typeof child === 'object' ? old.tag === child.tag : old.tag === undefined);
}

function kept(old, child) {
  if (old.described === child) {
    return old;
  }
  if (typeof child !== 'object') {
    const text = String(child);
    if (old.node.data !== text) {
      old.node.data = text;
    }
    return old;
  }
  applyProperties(old.node, old.properties, child.properties);
  patchChildren(old.node, child.children);
  return { ...child, node: old.node, described: child };
}

function created(parent, child) {
  if (typeof child !== 'object') {
    return { node: document.createTextNode(String(child)) };
  }
  const inside = child.tag === 'svg' || (parent.namespaceURI === SVG && parent.localName !== 'foreignObject');
  const node = inside ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  // Children first: a select accepts only the value of an existing option.
  patchChildren(node, child.children);
  applyProperties(node, {}, child.properties);
  return { ...child, node, described: child };
}

function applyProperties(node, before, after) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (name !== 'key') {
      applyProperty(node, name, before[name], after[name]);
    }
  }
}

/** Sets handlers, and names with a leading dot, as properties; others as attributes. */
function applyProperty(node, name, before, value) {
  if (name.startsWith('on')) {
    node[name] = value ?? null;
  } else if (name.startsWith('.')) {
    node[name.slice(1)] = value;
  } else if (name === 'style') {
    // The content security policy forbids the attribute, not the property.
    Object.entries(value).forEach(([part, text]) => node.style.setProperty(part, text));
  } else if (name === 'value' || name === 'checked') {
    // Does not overwrite a field while the user types.
    if (node[name] !== value && !(node === document.activeElement && TYPED.includes(node.type))) {
      node[name] = value;
    }
  } else if (value !== before) {
    if (value === null || value === undefined || value === false) {
      node.removeAttribute(name);
    } else {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
}
