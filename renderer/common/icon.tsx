/** Outlines on a 20 × 20 grid. */
const PATHS = {
  add: 'M10 4v12M4 10h12',
  back: 'M12 4l-6 6 6 6',
  cancel: 'M5 5l10 10M15 5L5 15',
  check: 'M4 10.5l4 4 8-9',
  export: 'M10 12V3M6.5 6L10 2.5 13.5 6M4 11v5h12v-5',
  file: 'M5 2.5h6l4 4v11H5zM11 2.5v4h4',
  folder: 'M2.5 5h5l2 2h8v9h-15z',
  forward: 'M4 5l5 5-5 5M11 5l5 5-5 5',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 016 0V9',
  redo: 'M15 8H8a4 4 0 000 8h3M15 8l-3.5-3.5M15 8l-3.5 3.5',
  retry: 'M15.5 8A6 6 0 104 11.500M15.500 3.500V8H11',
  rewind: 'M16 5l-5 5 5 5M9 5l-5 5 5 5',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  undo: 'M5 8h7a4 4 0 010 8H9M5 8l3.500-3.500M5 8l3.500 3.500',
  warning: 'M10 3l8 14H2zM10 8v4M10 14.500v.5',
} as const;

/** A decorative icon; what it stands for is said by the control's name. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
