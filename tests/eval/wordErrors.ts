/** Edits that turn a reference into what was recognised. */
export interface WordErrors {
  readonly words: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/** Fewest edits between two word lists (Levenshtein); of equally few, substitutions before deletions and insertions. */
export function countWordErrors(reference: readonly string[], recognized: readonly string[]): WordErrors {
  const width = recognized.length + 1;
  const cost = new Int32Array((reference.length + 1) * width);
  for (let j = 0; j < width; j++) cost[j] = j;
  for (let i = 1; i <= reference.length; i++) {
    cost[i * width] = i;
    for (let j = 1; j < width; j++) {
      const at = i * width + j;
      const same = reference[i - 1] === recognized[j - 1];
      cost[at] = Math.min(cost[at - width - 1]! + (same ? 0 : 1), cost[at - width]! + 1, cost[at - 1]! + 1);
    }
  }
  let [i, j] = [reference.length, recognized.length];
  let [substitutions, deletions, insertions] = [0, 0, 0];
  while (i > 0 || j > 0) {
    const here = cost[i * width + j]!;
    const edit = i > 0 && j > 0 && reference[i - 1] !== recognized[j - 1] ? 1 : 0;
    if (i > 0 && j > 0 && here === cost[(i - 1) * width + j - 1]! + edit) {
      substitutions += edit;
      i--;
      j--;
    } else if (i > 0 && here === cost[(i - 1) * width + j]! + 1) {
      deletions++;
      i--;
    } else {
      insertions++;
      j--;
    }
  }
  return { words: reference.length, substitutions, deletions, insertions };
}

export function sumWordErrors(errors: readonly WordErrors[]): WordErrors {
  const sum = (pick: (one: WordErrors) => number) => errors.reduce((total, one) => total + pick(one), 0);
  return {
    words: sum((one) => one.words),
    substitutions: sum((one) => one.substitutions),
    deletions: sum((one) => one.deletions),
    insertions: sum((one) => one.insertions),
  };
}

/** Edits by reference words; 0 for an empty reference. */
export function wordErrorRate(errors: WordErrors): number {
  const edits = errors.substitutions + errors.deletions + errors.insertions;
  return errors.words === 0 ? 0 : edits / errors.words;
}
