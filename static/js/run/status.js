/** What a page with a run knows by the server's `status`. */

/** @import {Spec, State} from "../base/types.js" */

/**
 * The whole spec of each network comes from the server: nothing of it is made up here. All have the data of the run.
 *
 * @param {{[key: string]: any}} status
 * @returns {Partial<State>}
 */
export function stateOf({ start_spec: startSpec, steps_per_epoch: stepsPerEpoch, ...rest }) {
  const { run, phase, speed, spec, edits, layout, parameters, units, failure, stop = null } = rest;
  const { step, reached, planned, findings, members = [], failures = [], stops = [], light = false } = rest;
  const { specs = [], start_specs: startSpecs = [] } = rest;
  return {
    run,
    phase,
    speed,
    spec,
    edits,
    layout,
    parameters,
    units,
    failure,
    stop,
    reached,
    step,
    planned,
    findings,
    members,
    failures,
    stops,
    startSpec,
    stepsPerEpoch,
    inPast: step < reached,
    light,
    specs: wholeSpecs(specs, spec),
    startSpecs: wholeSpecs(startSpecs, startSpec),
  };
}

/**
 * @param {Spec[]} specs  of the networks that are compared, but for their data; none where there is one network
 * @param {Spec} spec  what they share
 * @returns {Spec[]}
 */
function wholeSpecs(specs, spec) {
  return specs.length > 0 ? specs.map((each) => ({ data: spec.data, ...each })) : [spec];
}
