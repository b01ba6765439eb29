// The route is in the fragment of the address, so that every view has a link and the back button works:
// #/nodes/gonka1…?interval=week

/** @returns {{path: string[], parameters: URLSearchParams}} */
export function currentRoute() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return { path: path.split('/').filter(Boolean).map(decoded), parameters: new URLSearchParams(query ?? '') };
}

/** The address of a route. Omits null and empty parameters, and repeats the parameters of lists. */
export function link(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined && one !== '') {
        query.append(name, one);
      }
    }
  }
  const text = query.toString();
  return '#/' + path.map(encodeURIComponent).join('/') + (text ? '?' + text : '');
}

export function go(address) {
  location.hash = address;
}

/** Replaces the history entry, so that each letter of a search adds none. */
export function slip(address) {
  history.replaceState(null, '', address);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
