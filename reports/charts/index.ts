export { CHART_WIDTH, type Chart, type ChartTable, drawFigure, rightFor } from './figure.ts';
export { drawHeatMap, heatScale } from './heat-map.ts';
export { type Box, type LabelledMark, placeLabels } from './label-places.ts';
export { type MarkerShape, marker } from './marker.ts';
export { drawPanel, type Panel, type Series } from './panel.ts';
export { highestPoints, type Point, short } from './path.ts';
export { type Colour, indexedPng } from './png.ts';
export { linearScale, logDomain, logScale, ninesScale, type Scale, type Span } from './scale.ts';
export { drawStrip } from './strip.ts';
