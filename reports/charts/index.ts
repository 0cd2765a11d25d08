export { CHART_WIDTH, type Chart, type ChartTable, drawFigure, rightFor } from './figure.ts';
export { type MarkerShape, marker } from './marker.ts';
export { type Band, drawPanel, type Panel, type Series, type Vertical } from './panel.ts';
export { linePath, type Point, short, stepPath, thinPoints } from './path.ts';
export { linearScale, logDomain, logScale, ninesScale, type Scale, type Span } from './scale.ts';
