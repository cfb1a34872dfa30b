// The reference controller: matter.js behind JSON lines. One request a line on standard input, {"id","method","params"};
// one answer a line on standard output, {"id","result"} or {"id","error"}; subscriptions as {"event":"subscribed","subscription"}, reports
// as {"event":"report","subscription"} and what is in them as {"event":"attribute",…} and {"event":"event",…}, new sessions as
// {"event":"pase","ms"} and {"event":"case","resumed","ms"}, sessions that the device ends as {"event":"closed-by-peer",…}. "by" in
// the params names one of several controllers on the same fabric, 0 for the first; "join" makes another. Octet strings
// are {"hex"} in a request, in an answer hexadecimal digits; large numbers are {"int"} in a request.
import { createInterface } from 'node:readline';
import { Bytes, Environment, Logger, Seconds } from '@matter/main';
import {
  CaseClient, Certificate, CertificateAuthority, ClientSubscriptions, DclCertificateService, ExchangeProvider, FabricBuilder, InteractionClientMessenger, Invoke, MessageType,
  PaseClient, PeerAddress, PeerSet, Read, SessionManager, TlvCertSigningRequest,
} from '@matter/main/protocol';
import {
  CaseAuthenticatedTag, ClusterId, EndpointNumber, FabricIndex, GroupId, ManualPairingCodeCodec, NodeId, TlvDataReport, TlvOfModel, TlvStatusResponse,
  TlvWriteRequest, TlvWriteResponse,
} from '@matter/main/types';
import * as clusters from '@matter/main/clusters';
import { NodeJsNetwork } from '@matter/nodejs';
import { CommissioningController } from '@project-chip/matter.js';
import { InsistentFlow } from './insistent.mjs';
import { NetworkFlow } from './network.mjs';
import { stallingAfter } from './stalling.mjs';
import { TestTrust } from './trust.mjs';

Logger.destinations.default.write = text => process.stderr.write(`${text}\n`);

const environment = Environment.default;
environment.set(DclCertificateService, new TestTrust());

// It looks for an interface to send multicast on, but not among the loopback ones.
NodeJsNetwork.getDefaultNetInterface = () => process.env.MATTER_MDNS_NETWORKINTERFACE;

/** The one public finding of a test device: its certification declaration is of type "test". Any other is an error. */
const expectedFindings = ['CertificationTypeTest'];

const plain = (key, value) =>
  typeof value === 'bigint' ? value.toString()
  : ArrayBuffer.isView(value) ? Bytes.toHex(value)
  : value?.type === 'Buffer' ? Bytes.toHex(Uint8Array.from(value.data)) // a Buffer makes itself JSON first
  : value;

const controllers = [];

async function addController(options) {
  const by = controllers.length;
  const controller = new CommissioningController({
    environment: { environment, id: `controller-${process.env.CONTROLLER_NAME}${by || ''}` },
    autoConnect: false,
    adminFabricLabel: `fabric ${process.env.CONTROLLER_NAME}`,
    ...options,
  });
  controllers.push(controller);
  await controller.start();
  controller.node.env.get(SessionManager).sessions.added.on(session => {
    session.closedByPeer?.on(() => print({ event: 'closed-by-peer', by, isPase: session.isPase }));
  });
  return by;
}

/** From now on a peer is expected at this address, if nothing better is known. */
function keepToAddress(controller, known) {
  controller.node.env.get(PeerSet).added.on(peer => { peer.descriptor.operationalAddress ??= known; });
}

const print = message => process.stdout.write(`${JSON.stringify(message, plain)}\n`);

/** Prints an event for each session that a client of matter.js has paired. */
function tellPairs(client, eventOf) {
  const { pair } = client.prototype;
  client.prototype.pair = async function (...args) {
    const start = performance.now();
    const result = await pair.apply(this, args);
    print({ ...eventOf(result), ms: performance.now() - start });
    return result;
  };
}

tellPairs(PaseClient, () => ({ event: 'pase' }));
tellPairs(CaseClient, ({ resumed }) => ({ event: 'case', resumed }));

// A new subscription, and each report of one, comes by here, with its id.
const { addPeer, getPeer } = ClientSubscriptions.prototype;
ClientSubscriptions.prototype.addPeer = function (subscription) {
  print({ event: 'subscribed', subscription: subscription.subscriptionId });
  addPeer.call(this, subscription);
};
ClientSubscriptions.prototype.getPeer = function (address, id) {
  print({ event: 'report', subscription: id });
  return getPeer.call(this, address, id);
};

const clusterOf = id => Object.values(clusters).find(cluster => cluster?.id === id && cluster.attributes);

const attributeOf = (cluster, id) => Object.values(clusterOf(cluster).attributes).find(attribute => attribute.id === id);

const interactionOf = async (controller, nodeId) => (await controller.getNode(NodeId(BigInt(nodeId)), true)).getInteractionClient();

const reportsOf = list => list.map(({ path, value, version }) => ({
  endpoint: path.endpointId, cluster: path.clusterId, attribute: path.attributeId, value, version,
}));

const eventPathOf = ({ endpoint, cluster, event }) => ({ endpointId: endpoint, clusterId: cluster, eventId: event });

const eventsOf = ({ path, events }) => events.map(({ eventNumber, priority, epochTimestamp, systemTimestamp, data }) => ({
  endpoint: path.endpointId, cluster: path.clusterId, eventId: path.eventId,
  number: eventNumber, priority, epochTimestamp, systemTimestamp, data,
}));

const methodsOf = controller => ({
  async discover({ discriminator, timeout = 10 }) {
    const devices = await controller.discoverCommissionableDevices(
      discriminator === undefined ? {} : { longDiscriminator: discriminator }, { onIpNetwork: true }, undefined, Seconds(timeout));
    return devices.map(({ D, CM, VP, DT, SII, SAI, SAT, addresses }) => ({ D, CM, VP, DT, SII, SAI, SAT, addresses }));
  },

  /**
   * Commissions by mDNS, or at a known address; useKnownAddress keeps to it for operation, too. "insist" sends AddNOC to
   * a device that says it is full; "wifi" configures the device's network, {wifiSsid, wifiCredentials}; "stallAfter" names
   * the step after which nothing more comes until the fail-safe has expired.
   */
  async commission({ passcode, discriminator, address, useKnownAddress, pairingCode, insist, expected = expectedFindings, wifi, stallAfter }) {
    let identifierData = discriminator === undefined ? {} : { longDiscriminator: discriminator };
    if (pairingCode) {
      const decoded = ManualPairingCodeCodec.decode(pairingCode);
      passcode = decoded.passcode;
      identifierData = { shortDiscriminator: decoded.shortDiscriminator };
    }
    const known = address && { type: 'udp', ...address };
    if (useKnownAddress) {
      keepToAddress(controller, known);
    }
    const findings = [];
    const onAttestationFailure = found => {
      findings.push(...found);
      return found.every(({ type }) => expected.includes(type));
    };
    let nodeId;
    if (known) {
      // Not by commissionNode: with a known address it forgets onAttestationFailure and accepts everything.
      const peer = await controller.node.peers.forDescriptor({ addresses: [known] });
      await peer.commission({
        fabric: controller.fabric,
        passcode,
        onAttestationFailure,
        commissioningFlowImpl: insist ? InsistentFlow : wifi ? NetworkFlow : stallAfter ? stallingAfter(stallAfter) : undefined,
        wifiNetwork: wifi,
        autoSubscribe: false,
        autoStateInitialize: false,
      });
      await controller.fabric.persist();
      nodeId = peer.peerAddress.nodeId;
    } else {
      nodeId = await controller.commissionNode({
        passcode,
        discovery: {
          identifierData,
          discoveryCapabilities: { onIpNetwork: true },
          timeout: Seconds(15),
        },
        commissioning: { onAttestationFailure },
        autoSubscribe: false,
      }, { connectNodeAfterCommissioning: false });
    }
    return { nodeId, findings, adminNodeId: controller.fabric.rootNodeId };
  },

  async connect({ nodeId, subscribe = false }) {
    const node = await controller.getNode(NodeId(BigInt(nodeId)));
    node.connect({ autoSubscribe: subscribe });
    if (!node.initialized) await node.events.initialized;
  },

  async disconnect({ nodeId }) {
    await (await controller.getNode(NodeId(BigInt(nodeId)))).disconnect();
  },

  async readAll({ nodeId }) {
    return reportsOf(await (await interactionOf(controller, nodeId)).getAllAttributes({ isFabricFiltered: true }));
  },

  /** Reads one path and gives values and statuses back. */
  async read({ nodeId, endpoint, cluster, attribute }) {
    const result = await (await interactionOf(controller, nodeId)).getMultipleAttributesAndStatus({
      attributes: [{ endpointId: endpoint, clusterId: cluster, attributeId: attribute }],
    });
    return {
      values: reportsOf(result.attributeData),
      statuses: (result.attributeStatus ?? []).map(({ path, status }) => ({
        endpoint: path.endpointId, cluster: path.clusterId, attribute: path.attributeId, status,
      })),
    };
  },

  /** Reads the events of paths, {endpoint,cluster,event} each part of which may be missing, from a number on. */
  async readEvents({ nodeId, paths = [{}], min }) {
    const result = await (await interactionOf(controller, nodeId)).getMultipleEventsAndStatus({
      events: paths.map(eventPathOf),
      eventFilters: min === undefined ? undefined : [{ eventMin: BigInt(min) }],
    });
    return {
      values: result.eventData.flatMap(eventsOf),
      statuses: (result.eventStatus ?? []).map(({ path, status }) => ({
        endpoint: path.endpointId, cluster: path.clusterId, event: path.eventId, status,
      })),
    };
  },

  /** Subscribes to all events and nothing else; those it begins with are in the answer, later ones come as {"event":"event",…}. */
  async subscribeEvents({ nodeId, isUrgent = true, min = 0, max = 30 }) {
    const { eventReports, maxInterval } = await (await interactionOf(controller, nodeId)).subscribeMultipleAttributesAndEvents({
      events: [{ isUrgent }],
      minIntervalFloorSeconds: min,
      maxIntervalCeilingSeconds: max,
      keepSubscriptions: false,
      isFabricFiltered: true,
      eventListener: report => eventsOf(report).forEach(each => print({ event: 'event', ...each })),
    });
    return { values: eventReports.flatMap(eventsOf), maxInterval };
  },

  async write({ nodeId, endpoint, cluster, attribute, value }) {
    await (await interactionOf(controller, nodeId)).setAttribute({
      attributeData: { endpointId: EndpointNumber(endpoint), clusterId: ClusterId(cluster), attribute: attributeOf(cluster, attribute), value },
    });
  },

  /** Reads an endpoint or a cluster, but for clusters of a known version: [{endpoint, cluster, version}]. */
  async readUnless({ nodeId, endpoint, cluster, known }) {
    const { interaction } = await interactionOf(controller, nodeId);
    const request = Read({
      attributes: [{ endpointId: EndpointNumber(endpoint), clusterId: cluster && ClusterId(cluster) }],
      versionFilters: known.map(each => ({
        path: { endpointId: EndpointNumber(each.endpoint), clusterId: ClusterId(each.cluster) }, dataVersion: each.version,
      })),
      fabricFilter: true,
    });
    const reports = [];
    // Else it adds filters of its own for what it has cached.
    for await (const chunk of interaction.read({ ...request, includeKnownVersions: true })) {
      for await (const report of chunk) reports.push(report);
    }
    return reportsOf(reports);
  },

  /** Writes several attributes by one request, [{endpoint, cluster, attribute, value, version}]; gives the statuses that are no success. */
  async writeSeveral({ nodeId, writes, timed }) {
    const failures = await (await interactionOf(controller, nodeId)).setMultipleAttributes({
      attributes: writes.map(({ endpoint, cluster, attribute, value, version }) => ({
        endpointId: endpoint, clusterId: cluster, attribute: attributeOf(cluster, attribute), value, dataVersion: version,
      })),
      asTimedRequest: timed,
    });
    return failures.map(({ path, status }) => ({ endpoint: path.endpointId, cluster: path.clusterId, attribute: path.attributeId, status }));
  },

  /** Writes a list item by item, so many of them in each message of one interaction; gives the statuses message by message. */
  async writeChunked({ nodeId, endpoint, cluster, attribute, value, perMessage }) {
    const { node } = await controller.getNode(NodeId(BigInt(nodeId)), true);
    const items = TlvOfModel(attributeOf(cluster, attribute).schema).encodeAsChunkedArray(value, { forWriteInteraction: true });
    const messenger = await InteractionClientMessenger.create(node.env.get(ExchangeProvider), {});
    const statuses = [];
    try {
      for (let sent = 0; sent < items.length; sent += perMessage) {
        await messenger.send(MessageType.WriteRequest, TlvWriteRequest.encode({
          timedRequest: false,
          writeRequests: items.slice(sent, sent + perMessage).map(({ element, listIndex }) => ({
            path: { endpointId: EndpointNumber(endpoint), clusterId: ClusterId(cluster), attributeId: attribute, listIndex },
            data: element,
          })),
          moreChunkedMessages: sent + perMessage < items.length,
          interactionModelRevision: 12,
        }));
        const { payload } = await messenger.nextMessage(MessageType.WriteResponse);
        statuses.push(TlvWriteResponse.decode(payload).writeResponses.map(({ status }) => status.status));
      }
    } finally {
      await messenger.close();
    }
    return statuses;
  },

  /** Replaces the whole ACL of the fabric by one entry that lets these node ids administer. */
  async grant({ nodeId, subjects }) {
    await this.write({
      nodeId,
      endpoint: 0,
      cluster: clusters.AccessControl.id,
      attribute: clusters.AccessControl.attributes.acl.id,
      value: [{ privilege: 5, authMode: 2, subjects: subjects.map(subject => NodeId(BigInt(subject))), targets: null, fabricIndex: FabricIndex(0) }],
    });
  },

  /** Invokes by the command's name in matter.js, or "id" of a command unknown to the cluster. */
  async invoke({ nodeId, endpoint, cluster, definition = cluster, command, fields, timed }) {
    return (await interactionOf(controller, nodeId)).invoke({
      endpointId: EndpointNumber(endpoint),
      clusterId: ClusterId(cluster),
      command: clusterOf(definition).commands[command],
      request: fields,
      asTimedRequest: timed,
      skipValidation: true,
    });
  },

  /** Invokes several commands by one request, [{endpoint, cluster, command, fields}]; gives status or response of each in their order. */
  async invokeBatch({ nodeId, commands, timed }) {
    const { interaction } = await interactionOf(controller, nodeId);
    const results = [];
    const request = Invoke({
      commands: commands.map(({ endpoint, cluster, command, fields }, i) => Invoke.ConcreteCommandRequest({
        endpoint: EndpointNumber(endpoint), cluster: clusterOf(cluster), command: clusterOf(cluster).commands[command], fields, commandRef: i + 1,
      })),
      timed: timed ?? false,
    });
    for await (const chunk of interaction.invoke(request)) {
      for (const { commandRef, status, data } of chunk) results[commandRef - 1] = status ?? data ?? 0;
    }
    return results;
  },

  /** Gives this controller what it needs to send to a group. */
  async useGroup({ groupId, keySetId, epochKey }) {
    const { groups } = controller.fabric;
    await groups.setFromGroupKeySet({
      groupKeySetId: keySetId, groupKeySecurityPolicy: 0, epochKey0: epochKey, epochStartTime0: 946_684_800_000_001n,
      epochKey1: null, epochStartTime1: null, epochKey2: null, epochStartTime2: null,
    });
    groups.groupKeyIdMap.set(GroupId(groupId), keySetId);
  },

  /** Sends commands to a group, one message each. */
  async invokeGroup({ groupId, cluster, command, fields }) {
    const peer = await controller.node.peers.forAddress({ fabricIndex: controller.fabric.fabricIndex, nodeId: NodeId.fromGroupId(GroupId(groupId)) });
    const request = Invoke({
      commands: [Invoke.WildcardCommandRequest({ cluster: clusterOf(cluster), command: clusterOf(cluster).commands[command], fields })],
      suppressResponse: true,
    });
    for await (const chunk of peer.interaction.invoke(request)) void chunk;
  },

  /**
   * Sends messages {opcode, payload} of the interaction model over one exchange, as they are; each but the first waits for
   * the answer to the one before. Returns all that came; a report in several messages is confirmed message by message.
   */
  async converse({ nodeId, messages }) {
    const peer = controller.node.env.get(PeerSet).for(PeerAddress({ fabricIndex: controller.fabric.fabricIndex, nodeId: NodeId(BigInt(nodeId)) }));
    const exchange = await peer.exchangeProvider.initiateExchange({ network: 'unlimited' });
    const answers = [];
    const receive = async () => {
      const { payloadHeader, payload } = await exchange.nextMessage();
      answers.push({ opcode: payloadHeader.messageType, payload });
      return payloadHeader.messageType === MessageType.ReportData && TlvDataReport.decode(payload).moreChunkedMessages === true;
    };
    try {
      for (const { opcode, payload } of messages) {
        await exchange.send(opcode, payload);
        while (await receive()) {
          await exchange.send(MessageType.StatusResponse, TlvStatusResponse.encode({ status: 0, interactionModelRevision: 12 }));
        }
      }
    } finally {
      await exchange.close();
    }
    return answers;
  },

  /** Toggles one after the other; returns how long each took in ms. */
  async toggle({ nodeId, times = 1 }) {
    const client = await interactionOf(controller, nodeId);
    const command = clusters.OnOff.commands.toggle;
    const durations = [];
    for (let i = 0; i < times; i++) {
      const start = performance.now();
      await client.invoke({ endpointId: EndpointNumber(1), clusterId: clusters.OnOff.id, command, request: undefined });
      durations.push(performance.now() - start);
    }
    return durations;
  },

  async subscribe({ nodeId, endpoint, cluster, attribute, min = 0, max = 30 }) {
    const { maxInterval } = await (await interactionOf(controller, nodeId)).subscribeMultipleAttributesAndEvents({
      attributes: [{ endpointId: endpoint, clusterId: cluster, attributeId: attribute }],
      minIntervalFloorSeconds: min,
      maxIntervalCeilingSeconds: max,
      keepSubscriptions: false,
      isFabricFiltered: true,
      attributeListener: ({ path, value }) =>
        print({ event: 'attribute', endpoint: path.endpointId, cluster: path.clusterId, attribute: path.attributeId, value }),
    });
    return { maxInterval };
  },

  async openWindow({ nodeId, timeout = 180 }) {
    return (await controller.getNode(NodeId(BigInt(nodeId)))).openEnhancedCommissioningWindow(timeout);
  },

  async openBasicWindow({ nodeId, timeout = 180 }) {
    await (await controller.getNode(NodeId(BigInt(nodeId)))).openBasicCommissioningWindow(timeout);
  },

  async sessions() {
    return controller.getActiveSessionInformation();
  },

  /** Ends all sessions and tells their peers. */
  async closeSessions() {
    await controller.node.env.get(SessionManager).closeAllSessions();
  },

  /** Forgets what could resume sessions: the next handshake is a full one. */
  async forgetResumptions() {
    await controller.node.env.get(SessionManager).deleteResumptionRecordsForFabric(controller.fabric);
  },

  /** Makes another controller with a fabric of its own. */
  async another() {
    return { by: await addController({}) };
  },

  async nodes() {
    return controller.getCommissionedNodes();
  },

  async decommission({ nodeId }) {
    await (await controller.getNode(NodeId(BigInt(nodeId)))).decommission();
  },

  /** Gives the device a new key and NOC under the fail-safe, which CommissioningComplete has yet to end. */
  async updateNoc({ nodeId, seconds = 60 }) {
    const invoke = (cluster, command, fields) => this.invoke({ nodeId, endpoint: 0, cluster, command, fields });
    await invoke(clusters.GeneralCommissioning.id, 'armFailSafe', { expiryLengthSeconds: seconds, breadcrumb: 1 });
    const { nocsrElements } = await invoke(
      clusters.OperationalCredentials.id, 'csrRequest', { csrNonce: controller.crypto.randomBytes(32), isForUpdateNoc: true });
    const { certSigningRequest } = TlvCertSigningRequest.decode(nocsrElements);
    const authority = controller.node.env.get(CertificateAuthority);
    const publicKey = await Certificate.getPublicKeyFromCsr(controller.crypto, certSigningRequest);
    const nocValue = await authority.generateNoc(publicKey, controller.fabric.fabricId, NodeId(BigInt(nodeId)));
    return invoke(clusters.OperationalCredentials.id, 'updateNoc', { nocValue });
  },

  /** Makes another controller on the first one's fabric; it needs access by the device's ACL. */
  async join({ nodeId, tags, address }) {
    const { fabric } = controllers[0];
    const authority = controllers[0].node.env.get(CertificateAuthority);
    const builder = await FabricBuilder.create(controllers[0].crypto);
    builder.initializeFromFabricForUpdate(fabric);
    const noc = await authority.generateNoc(
      builder.publicKey, fabric.fabricId, NodeId(BigInt(nodeId)), tags?.map(tag => CaseAuthenticatedTag(tag)));
    await builder.setOperationalCert(noc, fabric.intermediateCACert);
    const by = await addController({ rootCertificateAuthority: authority, rootFabric: await builder.build(FabricIndex(1)) });
    keepToAddress(controllers[by], { type: 'udp', ...address });
    return { by };
  },

  async close() {
    for (const each of controllers) await each.close();
  },
});

createInterface({ input: process.stdin }).on('line', async line => {
  const { id, method, params } = JSON.parse(line, (key, value) =>
    typeof value?.hex === 'string' ? Bytes.fromHex(value.hex) : typeof value?.int === 'string' ? BigInt(value.int) : value);
  try {
    print({ id, result: (await methodsOf(controllers[params.by ?? 0])[method](params)) ?? null });
  } catch (error) {
    const causes = [];
    for (let cause = error; cause; cause = cause.cause ?? cause.errors?.[0]) causes.push(`${cause.constructor.name}: ${cause.message}`);
    process.stderr.write(`${error.stack}\n`);
    print({ id, error: { message: causes.join(' <- '), type: error.constructor.name, status: error.code ?? error.cause?.code } });
  }
});

await addController({});
print({ event: 'ready' });
