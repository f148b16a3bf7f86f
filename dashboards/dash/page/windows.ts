/** How long a page may look back, seconds, and the step of its points. */
export const windows: Readonly<Record<number, number>> = { 300: 1, 900: 2, 3600: 5 };
