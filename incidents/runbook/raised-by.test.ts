import { experimentAt, experiments, type ParsedExperiment } from '@firedrill/chaos';
import { runbooks } from '@firedrill/runbooks';
import { describe, expect, it } from 'vitest';

/** What an experiment says of alerts, at each of its levels and in each of its variants. */
function contractsOf(experiment: ParsedExperiment) {
  const variants = [undefined, ...Object.keys(experiment.variants)];
  return variants.flatMap((variant) => {
    const levels = (variant && experiment.variants[variant]?.levels) || experiment.levels;
    return levels.map((level) => experimentAt(experiment, level, variant).alerts);
  });
}

const namesOf = (alerts: readonly { readonly alert: string }[]) => alerts.map(({ alert }) => alert);

const told = experiments.map((experiment) => {
  const contracts = contractsOf(experiment);
  const must = contracts.flatMap(({ expected }) => namesOf(expected));
  return {
    name: experiment.name,
    must,
    may: [...must, ...contracts.flatMap(({ allowed }) => namesOf(allowed))],
  };
});

describe.each(runbooks())('$path', ({ alert, experiments: named }) => {
  it('names each experiment that must raise its alert, and none that may not', () => {
    const must = told.filter((one) => one.must.includes(alert)).map(({ name }) => name);
    const may = told.filter((one) => one.may.includes(alert)).map(({ name }) => name);
    expect(named).toEqual(expect.arrayContaining(must));
    expect(may).toEqual(expect.arrayContaining([...named]));
  });
});
