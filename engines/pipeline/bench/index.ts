export { type FigureGroup, type MeasuredFigure, measuredFigure, runFigures } from './figure.ts';
