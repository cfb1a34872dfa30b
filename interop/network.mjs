// A commissioning flow that configures the device's network, which matter.js otherwise does over Bluetooth only: it is told
// that this is the channel.
import { ChannelType } from '@matter/main';
import { ControllerCommissioningFlow } from '@matter/main/protocol';

export class NetworkFlow extends ControllerCommissioningFlow {
  constructor(interaction, ...others) {
    super(new Proxy(interaction, {
      get(target, name) {
        if (name === 'channelType') return ChannelType.BLE;
        const member = target[name];
        return typeof member === 'function' ? member.bind(target) : member;
      },
    }), ...others);
  }
}
