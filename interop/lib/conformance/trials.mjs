// Right and wrong values written, commands with wrong fields.
import { status } from '../interaction.mjs';
import { encode, member } from '../tlv.mjs';
import { hex, pathOf } from './cluster.mjs';
import { edgeValues, wrongFields, wrongValues } from './values.mjs';

/** Every writable attribute gets wrong values, then right ones; at the end it has its own back. */
export async function checkWrittenValues(device, untried = []) {
  const { findings, interaction } = device;
  for (const cluster of device.standardClusters) {
    for (const attribute of cluster.attributes) {
      const element = cluster.values.get(attribute.id);
      const { writable, timed } = attribute.effectiveAccess;
      if (!element || !writable) continue;
      const path = pathOf(cluster, attribute);
      const where = `${cluster.where}.${attribute.name}`;
      const write = value => interaction.write(path, value, { timed });
      for (const { what, value, isType } of wrongValues(attribute, cluster)) {
        const result = await write(value);
        const expected = isType ? [status.invalidDataType] : [status.constraintError];
        findings.expect(expected.includes(result), where, `${what} is written with status ${hex(result, 2)}`);
      }
      const { values } = await interaction.read([path]);
      findings.expect(encode(values[0].value).equals(encode(element)), where, 'has changed though refused');
      if (!untried.includes(`${cluster.model.name}.${attribute.name}`)) {
        for (const { what, value } of edgeValues(attribute, cluster)) {
          const result = await write(value);
          findings.expect(result === status.success, where, `${what} is not written: status ${hex(result, 2)}`);
          const after = (await interaction.read([path])).values[0].value;
          findings.expect(after.type === value.type, where, `${what} becomes a ${after.type}`);
          if (attribute.effectiveQuality.changesOmitted !== true) findings.expect(`${after.value}` === `${value.value}`, where, `${what}, ${value.value}, becomes ${after.value}`);
        }
      }
      const restored = await write(element);
      findings.expect(restored === status.success, where, `its own value is not written: status ${hex(restored, 2)}`);
    }
  }
}

/**
 * Every command gets its fields, each wrong in its turn.
 * @param answers by "Cluster.Command Field", {status}, {clusterStatus} or {code}; see deviations.mjs
 * @param rightFields by "Cluster.Command Field"
 */
export async function checkCommandFields(device, answers, rightFields) {
  const { findings, interaction } = device;
  for (const cluster of device.standardClusters) {
    for (const command of cluster.requests.filter(each => cluster.accepts(each.id))) {
      const name = `${cluster.model.name}.${command.name}`;
      const known = Object.fromEntries([...command.members].map(field => [field.name, rightFields[`${name} ${field.name}`]]));
      for (const { field, what, fields, isForm, isOverflow } of wrongFields(command, cluster, known)) {
        const { timed } = command.effectiveAccess;
        const answer = await interaction.invoke(pathOf(cluster, command), fields, { timed });
        findings.expect(
          isForm ? answer.status === status.invalidCommand : isExpected(answer, isOverflow ? undefined : answers[`${name} ${field}`]),
          `${cluster.where}.${command.name} ${field} ${what}`, `answers ${described(answer)}`);
      }
    }
  }
}

/** A response that holds a status may hold it as its first field. */
function isExpected(answer, other) {
  const code = answer.fields && member(answer.fields, 0)?.value;
  if (other?.code !== undefined) return code === other.code;
  if (other?.clusterStatus !== undefined) return answer.clusterStatus === other.clusterStatus;
  const expected = other?.status ?? status.constraintError;
  return answer.status === expected || code === expected;
}

const described = ({ status: result, clusterStatus, fields }) =>
  `${hex(result, 2)}${clusterStatus === undefined ? '' : `, cluster status ${clusterStatus}`}${fields ? `, ${fields.value.map(field => field.value)}` : ''}`;
