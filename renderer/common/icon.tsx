/** Outlines on a 20 × 20 grid. */
const PATHS = {
  add: 'M10 4v12M4 10h12',
  back: 'M12 4l-6 6 6 6',
  cancel: 'M5 5l10 10M15 5L5 15',
  check: 'M4 10.5l4 4 8-9',
  bleep: 'M3 8h3l4-3.500v11L6 12H3zM13 8l4 4M17 8l-4 4',
  copy: 'M7.500 7.500h9v9h-9zM12.500 7.500v-4h-9v9h4',
  down: 'M5 8l5 5 5-5',
  edit: 'M4 16l1-4 8-8 3 3-8 8zM11.500 5.500l3 3',
  export: 'M10 12V3M6.5 6L10 2.5 13.5 6M4 11v5h12v-5',
  file: 'M5 2.5h6l4 4v11H5zM11 2.5v4h4',
  folder: 'M2.5 5h5l2 2h8v9h-15z',
  find: 'M9 3.500a5.500 5.500 0 100 11 5.500 5.500 0 000-11zM13 13l4 4',
  follow: 'M10 3v3M10 14v3M3 10h3M14 10h3M10 7a3 3 0 100 6 3 3 0 000-6z',
  forward: 'M4 5l5 5-5 5M11 5l5 5-5 5',
  hear: 'M3 8h3l4-3.500v11L6 12H3zM13 7.500a4 4 0 010 5M15 5a7.500 7.500 0 010 10',
  help: 'M10 2.500a7.500 7.500 0 100 15 7.500 7.500 0 000-15zM7.800 7.800a2.200 2.200 0 114 1.300c-.7.7-1.800 1-1.800 2.200M10 14v.200',
  jump: 'M3 4.500h14M3 15.500h14M3.500 10h5M11 7.500l4.500 2.500-4.500 2.500z',
  keyboard:
    'M2.500 5.500h15v9h-15zM5.500 8.500h.5M8.500 8.500h.5M11.500 8.500h.5M14.500 8.500h.5M6.500 11.500h7',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 016 0V9',
  loop: 'M5 12a4 4 0 010-6h10M12.500 3.500L15 6l-2.500 2.500M15 8a4 4 0 010 6H5M7.500 16.500L5 14l2.500-2.500',
  microphone:
    'M10 2.500a2.500 2.500 0 00-2.500 2.500v5a2.500 2.500 0 005 0V5A2.500 2.500 0 0010 2.500zM4.500 9.500a5.500 5.500 0 0011 0M10 15v2.500',
  panel: 'M3 4h14v12H3zM12.500 4v12',
  pause: 'M7 4v12M13 4v12',
  play: 'M6 4l10 6-10 6z',
  print: 'M6 7V3h8v4M4 7h12v7h-2M6 14H4V7M6 11.500h8V17H6z',
  redo: 'M15 8H8a4 4 0 000 8h3M15 8l-3.5-3.5M15 8l-3.5 3.5',
  retry: 'M15.5 8A6 6 0 104 11.500M15.500 3.500V8H11',
  rewind: 'M16 5l-5 5 5 5M9 5l-5 5 5 5',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  skip: 'M3 10h2M7 7v6M10 5v10M13 10h1M16 10h1',
  stop: 'M5.500 5.500h9v9h-9z',
  trash: 'M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.7 11h7.600l.7-11M8.500 8.500v5M11.500 8.500v5',
  undo: 'M5 8h7a4 4 0 010 8H9M5 8l3.500-3.500M5 8l3.500 3.500',
  up: 'M5 12l5-5 5 5',
  zoomIn: 'M9 3.500a5.500 5.500 0 100 11 5.500 5.500 0 000-11zM13 13l4 4M6.500 9h5M9 6.500v5',
  zoomOut: 'M9 3.500a5.500 5.500 0 100 11 5.500 5.500 0 000-11zM13 13l4 4M6.500 9h5',
  whole: 'M3 5v10M17 5v10M6 10h8M8.500 7.500L6 10l2.500 2.500M11.500 7.500L14 10l-2.500 2.500',
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
