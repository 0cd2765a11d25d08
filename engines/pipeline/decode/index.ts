export { compileFieldScanner } from './compile-field-scanner.ts';
export type { FieldScanner } from './field-scanner.ts';
export { StringDictionary } from './string-dictionary.ts';
