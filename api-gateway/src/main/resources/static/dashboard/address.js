// Checks addresses as the API does: bech32 (BIP 173) with one of the chain's prefixes. A typing error is named here,
// because the API can only say that nothing has this identifier.

const PREFIXES = ['gonka', 'gonkavaloper', 'gonkavalcons'];
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** Characters after the separator: 20 bytes of an account, or 32 of a contract, and six of the checksum. */
const LENGTHS = [38, 58];
const LEAST_ADDRESS = 30;
/** In characters of a request. */
const LONGEST_PARAMETER = 120;
const LONGEST_PREFIX = 20;

/** The normal form: addresses are in lower case. */
export const normal = (text) => text.trim().toLowerCase();

/**
 * Whether a list can contain it. The API also finds nodes by identifiers that are no address, such as host:8080, but
 * refuses a request of more than 16 KB, which a hundred long ones would make. Commas and white space separate a list.
 */
export const isIdentifier = (text) => /^[^\s,\p{Cc}\p{Cs}]+$/u.test(text)
  && new URLSearchParams({ identifier: text }).toString().length <= LONGEST_PARAMETER;

/** Whether the text is meant as an address, complete or not, and not as a name. */
export function isLikeAddress(text) {
  const address = normal(text);
  return address.startsWith('gonka1') || (address.length >= LEAST_ADDRESS && /^[a-z]{2,}1[a-z0-9]+$/.test(address));
}

/**
 * The first thing that is wrong with an address, or null.
 *
 * @returns {null | {kind: 'prefix'|'character'|'length'|'checksum'}} with the values of the text address.<kind>
 */
export function problemOf(text) {
  const address = normal(text);
  const prefix = PREFIXES.find((one) => address.startsWith(`${one}1`));
  if (!prefix) {
    const begin = address.slice(0, address.indexOf('1') + 1) || address;
    return { kind: 'prefix', prefix: begin.length > LONGEST_PREFIX ? `${begin.slice(0, LONGEST_PREFIX)}…` : begin };
  }
  const data = [...address.slice(prefix.length + 1)];
  const wrong = data.findIndex((character) => !ALPHABET.includes(character));
  if (wrong >= 0) {
    return { kind: 'character', character: data[wrong], place: prefix.length + 2 + wrong };
  }
  if (!LENGTHS.includes(data.length)) {
    return { kind: 'length', length: address.length, expected: prefix.length + 1 + LENGTHS[0] };
  }
  return checksum(prefix, data) === 1 ? null : { kind: 'checksum' };
}

function checksum(prefix, data) {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  const values = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31),
    ...data.map((character) => ALPHABET.indexOf(character))];
  return values.reduce((sum, value) => {
    const next = ((sum & 0x1ffffff) << 5) ^ value;
    return GENERATOR.reduce((one, part, bit) => ((sum >>> (25 + bit)) & 1 ? one ^ part : one), next);
  }, 1);
}
