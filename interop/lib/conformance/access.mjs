// What each privilege may read, write and invoke, and what nobody may.
import { status } from '../interaction.mjs';
import { tlv } from '../tlv.mjs';
import { chunks, hex, isManufacturers, pathOf, PATHS_PER_READ, sorted } from './cluster.mjs';
import { says, verdict } from './conformance.mjs';
import { wrongFields } from './values.mjs';

export const privilege = { view: 1, operate: 3, manage: 4, administer: 5 };
const privilegeOf = { V: privilege.view, O: privilege.operate, M: privilege.manage, A: privilege.administer };

/** What a subject with one privilege may read, write and invoke. */
export async function checkAccess(device, interaction, granted, name) {
  await checkReads(device, interaction, granted, name);
  await checkEventReads(device, interaction, granted, name);
  await checkWrites(device, interaction, granted, name);
  await checkInvokes(device, interaction, granted, name);
}

async function checkReads(device, interaction, granted, name) {
  const { findings } = device;
  const readable = attribute => privilegeOf[attribute.effectiveAccess.readPriv] <= granted;
  const { values } = await interaction.read([{}]);
  const hidden = [];
  for (const cluster of device.standardClusters) {
    const seen = values.filter(each => each.endpoint === cluster.endpoint.id && each.cluster === cluster.id).map(each => each.attribute);
    const expected = cluster.attributes.filter(attribute => cluster.values.has(attribute.id) && readable(attribute));
    findings.expect(
      sorted(seen.filter(id => !isManufacturers(id))) === sorted(expected.map(attribute => attribute.id)), `${cluster.where} for ${name}`,
      `reads ${sorted(seen)} instead of ${sorted(expected.map(attribute => attribute.id))}`);
    for (const attribute of cluster.attributes) {
      if (cluster.values.has(attribute.id) && !readable(attribute)) hidden.push(pathOf(cluster, attribute));
    }
  }
  for (const paths of chunks(hidden, PATHS_PER_READ)) {
    const { statuses } = await interaction.read(paths);
    for (const path of paths) {
      const answer = statuses.find(each => each.endpoint === path.endpoint && each.cluster === path.cluster && each.attribute === path.attribute);
      findings.expect(answer?.status === status.unsupportedAccess, `${path.endpoint}/${hex(path.cluster)}/${hex(path.attribute)} for ${name}`, `reads with status ${answer?.status}`);
    }
  }
}

/** Events beyond the privilege are hidden from wildcards and refused by name. */
async function checkEventReads(device, interaction, granted, name) {
  const { findings } = device;
  const hidden = device.standardClusters.flatMap(cluster => [...cluster.model.events]
    .filter(event => privilegeOf[event.effectiveAccess.readPriv] > granted && says(event, cluster) === verdict.mandatory)
    .map(event => pathOf(cluster, event)));
  const isHidden = each => hidden.some(path => path.endpoint === each.endpoint && path.cluster === each.cluster && path.event === each.event);
  const { values } = await interaction.readEvents([{}]);
  findings.expect(!values.some(isHidden), `events for ${name}`, 'show what is hidden');
  for (const paths of chunks(hidden, PATHS_PER_READ)) {
    const { statuses } = await interaction.readEvents(paths);
    findings.expect(
      statuses.length === paths.length && statuses.every(each => each.status === status.unsupportedAccess), `events for ${name}`,
      `${statuses.length} of ${paths.length} refused, with status ${statuses.map(each => hex(each.status, 2))}`);
  }
}

/** Writes what is there already: refused where the privilege is missing. */
async function checkWrites(device, interaction, granted, name) {
  for (const cluster of device.standardClusters) {
    for (const attribute of cluster.attributes) {
      const element = cluster.values.get(attribute.id);
      const { writable, writePriv, timed } = attribute.effectiveAccess;
      if (!element || !writable || privilegeOf[writePriv] <= granted) continue;
      const result = await interaction.write(pathOf(cluster, attribute), element, { timed });
      device.findings.expect(result === status.unsupportedAccess, `${cluster.where}.${attribute.name} for ${name}`, `is written with status ${hex(result, 2)}`);
    }
  }
}

/** Invokes every command without fields: with the privilege, those that have some are refused for lacking them. */
async function checkInvokes(device, interaction, granted, name) {
  const { findings } = device;
  for (const cluster of device.standardClusters) {
    for (const command of cluster.requests.filter(each => cluster.accepts(each.id))) {
      const { writePriv, timed } = command.effectiveAccess;
      const where = `${cluster.where}.${command.name} for ${name}`;
      const isGranted = privilegeOf[writePriv] <= granted;
      const needsFields = wrongFields(command, cluster).some(each => each.what === 'is missing');
      if (!isGranted) {
        const refused = await interaction.invoke(pathOf(cluster, command), tlv.struct({}), { timed });
        findings.expect(refused.status === status.unsupportedAccess, where, `status ${hex(refused.status, 2)}`);
      } else if (timed) {
        const untimed = await interaction.invoke(pathOf(cluster, command));
        findings.expect(untimed.status === status.needsTimedInteraction, where, `untimed with status ${hex(untimed.status, 2)}`);
      } else if (needsFields) {
        const invalid = await interaction.invoke(pathOf(cluster, command));
        findings.expect(invalid.status === status.invalidCommand, where, `without fields status ${hex(invalid.status, 2)}`);
      }
    }
  }
}

/** Attributes and commands of the model that this cluster lacks, and writes to what is read-only. */
export async function checkRefusals(device) {
  const { findings, interaction } = device;
  for (const cluster of device.standardClusters) {
    const absent = cluster.attributes.filter(attribute => !cluster.values.has(attribute.id));
    for (const group of chunks(absent, PATHS_PER_READ)) {
      const { values, statuses } = await interaction.read(group.map(attribute => pathOf(cluster, attribute)));
      findings.expect(values.length === 0 && statuses.every(each => each.status === status.unsupportedAttribute), cluster.where, 'answers for attributes that it lacks');
    }
    for (const attribute of cluster.attributes) {
      const element = cluster.values.get(attribute.id);
      if (!element || attribute.effectiveAccess.writable) continue;
      const result = await interaction.write(pathOf(cluster, attribute), element);
      findings.expect(result === status.unsupportedWrite, `${cluster.where}.${attribute.name}`, `is written, though read-only, with status ${hex(result, 2)}`);
    }
    for (const command of cluster.requests.filter(each => !cluster.accepts(each.id))) {
      const { status: result } = await interaction.invoke(pathOf(cluster, command), tlv.struct({}), { timed: command.effectiveAccess.timed });
      findings.expect(result === status.unsupportedCommand, `${cluster.where}.${command.name}`, `is not there, but answers with status ${hex(result, 2)}`);
    }
  }
}
