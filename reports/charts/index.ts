export { CHART_WIDTH, type Chart, type ChartTable, drawFigure, rightFor } from './figure.ts';
export type { MarkerShape } from './marker.ts';
export { drawPanel, type Series } from './panel.ts';
export { type Point, short } from './path.ts';
export { linearScale, logDomain, logScale, ninesScale, type Span } from './scale.ts';
