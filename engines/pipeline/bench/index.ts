export { benchMain } from './bench-main.ts';
export {
  type EngineFigure,
  type FigureGroup,
  type MeasuredFigure,
  measuredFigure,
  runFigures,
} from './figure.ts';
