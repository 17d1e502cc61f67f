/** Checksums refine a label; a value that fails one is masked all the same (livekit/agents PR 6627). */

/** Luhn, ISO/IEC 7812-1: payment cards, Canadian SIN. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** ISO 7064 mod 97-10 over letters and digits with the first four moved to the end: IBAN, ISO 13616. */
export function ibanChecksum(iban: string): boolean {
  const moved = (iban.slice(4) + iban.slice(0, 4)).toUpperCase();
  let rest = 0;
  for (const char of moved) {
    const value = /\d/.test(char) ? char : String(char.charCodeAt(0) - 55);
    rest = Number(`${rest}${value}`) % 97;
  }
  return rest === 1;
}

/** American Bankers Association routing number: weights 3, 7, 1. */
export function abaRouting(digits: string): boolean {
  if (digits.length !== 9) return false;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * [3, 7, 1][i % 3]!, 0);
  return sum > 0 && sum % 10 === 0;
}

/** National Health Service number: mod 11 with weights 10 to 2. */
export function nhsNumber(digits: string): boolean {
  if (digits.length !== 10) return false;
  const sum = [...digits].slice(0, 9).reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]);
}
