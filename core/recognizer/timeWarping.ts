/**
 * Cheapest monotonic path through a cost matrix by dynamic time warping (`dtw_cpu` in openai/whisper `timing.py`).
 * @param cost [rows, columns], row by row.
 * @returns for every row the first column that the path visits in it.
 */
export function firstColumns(cost: Float32Array, rows: number, columns: number): Int32Array {
  const width = columns + 1;
  const total = new Float64Array((rows + 1) * width).fill(Infinity);
  const step = new Uint8Array((rows + 1) * width);
  total[0] = 0;
  for (let i = 1; i <= rows; i++) {
    for (let j = 1; j <= columns; j++) {
      const at = i * width + j;
      const diagonal = total[at - width - 1]!;
      const down = total[at - width]!;
      const right = total[at - 1]!;
      let best = right;
      let move = RIGHT;
      if (diagonal < down && diagonal < right) {
        best = diagonal;
        move = DIAGONAL;
      } else if (down < diagonal && down < right) {
        best = down;
        move = DOWN;
      }
      total[at] = cost[(i - 1) * columns + (j - 1)]! + best;
      step[at] = move;
    }
  }
  const first = new Int32Array(rows);
  let i = rows;
  let j = columns;
  while (i > 0) {
    first[i - 1] = Math.max(0, j - 1);
    // On the upper edge of the matrix there is no way but right, on the left edge none but down.
    const move = j === 0 ? DOWN : step[i * width + j];
    if (move !== RIGHT) i--;
    if (move !== DOWN) j--;
  }
  return first;
}

const DIAGONAL = 0;
const DOWN = 1;
const RIGHT = 2;
