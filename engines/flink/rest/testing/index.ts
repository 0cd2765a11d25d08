export * from './recorded.ts';
export { type ScriptedFlink, startScriptedFlink } from './scripted-flink.ts';
