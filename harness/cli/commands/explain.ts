import { Command } from 'commander';
import { type EngineName, loadDataflow, refuseMissing } from '../../../engines/pipeline/index.ts';
import { loadWorkload } from '../../../workloads/index.ts';
import { EXPLAINERS, type Explainer, pipelineNamed } from '../../run/index.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';

const ENGINES = [...EXPLAINERS.keys()];

const EXAMPLES = `
Examples:
  $ npx crosscurrent explain --workload regional-revenue
  $ npx crosscurrent explain --workload ./workloads/examples/page-views --engine micro-batch
  $ npx crosscurrent explain --workload all --json

The layout is that of Spark's explain(true): the plan as the dataflow says it, after the rules, and as it is run, from the output down. At the
end stands what each rule took out (-) and put in (+).`;

interface ExplainOptions {
  readonly workload: readonly string[];
  readonly engine: readonly EngineName[];
  readonly json?: boolean;
}

/** Prints how an engine plans the dataflow of a workload. Runs nothing. */
export function explainCommand(terminal: Terminal): Command {
  const values = optionValues('explain');
  return new Command('explain')
    .description('Prints how an engine plans a workload: logical, optimised and physical plan.')
    .option('--workload <names>', WORKLOADS_HELP, workloadReferences('explain'), ['merchant-spend'])
    .option(
      '--engine <names>',
      `engines that make a plan: ${ENGINES.join(', ')}`,
      values.choices('--engine', ENGINES),
      ENGINES,
    )
    .option('--json', 'print as JSON: a list of workload, engine and plan')
    .addHelpText('after', EXAMPLES)
    .action(async ({ workload, engine, json }: ExplainOptions) => {
      const plans: { readonly workload: string; readonly engine: string; readonly plan: string }[] = [];
      for (const name of workload) {
        for (const each of engine)
          plans.push({ workload: name, engine: each, plan: await explain(name, each) });
      }
      if (json) {
        terminal.result(`${JSON.stringify(plans)}\n`);
        return;
      }
      for (const [index, { plan, ...of }] of plans.entries()) {
        if (plans.length > 1) terminal.result(`${index > 0 ? '\n' : ''}${of.workload} on ${of.engine}\n\n`);
        terminal.result(plan);
      }
    });
}

async function explain(workload: string, engine: EngineName): Promise<string> {
  const { capabilities } = pipelineNamed(engine);
  const { dataflow, dataflowOptions } = await loadWorkload(workload);
  const loaded = await loadDataflow({ ...dataflow, options: dataflowOptions(capabilities) });
  refuseMissing(engine, capabilities, loaded);
  return (EXPLAINERS.get(engine) as Explainer)(loaded);
}
