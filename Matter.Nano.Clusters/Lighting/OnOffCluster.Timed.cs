using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <content>OnWithTimedOff and the two times that it lets run (Matter Application Clusters 1.5).</content>
    public sealed partial class OnOffCluster
    {
        // A command's change of a time is reported if it is larger than this many tenths, or if the time becomes 0.
        private const int ReportTenths = 10;

        // Tenths of a second as last set; of the one that runs, OnTime while on and OffWaitTime while off, the time left
        // comes from _until instead.
        private int _onTime;
        private int _offWaitTime;

        // The times run from OnWithTimedOff until both are zero.
        private bool _isTimed;

        // When the time that runs is over; 0 while none does.
        private long _until;

        // A time is to start at the next Poll, which knows the time and comes at once.
        private bool _isDue;

        private int InvokeOnWithTimedOff(TlvReader fields, long now)
        {
            int present = 0;
            int control = 0;
            int onTime = 0;
            int offWaitTime = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        control = (int)fields.GetUnsigned(1);
                        present |= 1;
                        break;
                    case 1:
                        onTime = (int)fields.GetUnsigned(0xFFFE);
                        present |= 2;
                        break;
                    case 2:
                        offWaitTime = (int)fields.GetUnsigned(0xFFFE);
                        present |= 4;
                        break;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != 7)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            if (control == 1 && !_on)
            {
                return ImStatus.Success;
            }

            int formerOnTime = _onTime;
            int formerOffWaitTime = _offWaitTime;
            _isTimed = true;
            if (_offWaitTime > 0 && !_on)
            {
                // The light has only just gone off: it stays off, for no longer than it already had to.
                _offWaitTime = offWaitTime < _offWaitTime ? offWaitTime : _offWaitTime;
            }
            else
            {
                _onTime = onTime > _onTime ? onTime : _onTime;
                _offWaitTime = offWaitTime;
                bool wasOn = _on;
                Set(true);
                AllowGlobalScene();
                if (!wasOn)
                {
                    LeaveScene();
                    if (Level != null)
                    {
                        Level.Follow(true);
                    }
                }
            }

            ReportTime(OnTimeId, formerOnTime, _onTime);
            ReportTime(OffWaitTimeId, formerOffWaitTime, _offWaitTime);
            Run(now);
            return ImStatus.Success;
        }

        private void ReportTime(uint attributeId, int former, int tenths)
        {
            int change = tenths > former ? tenths - former : former - tenths;
            if (change > ReportTenths || (change != 0 && tenths == 0))
            {
                Changed(attributeId);
            }
        }

        /// <summary>The time left of the one that runs, in tenths.</summary>
        private int Left(int set, long now)
        {
            if (_until == 0)
            {
                return set;
            }

            return _until <= now ? 0 : (int)((_until - now + MsPerTenth - 1) / MsPerTenth);
        }

        /// <summary>Brings the time that runs up to date; if it is over, OnTime switches off and OffWaitTime ends the wait.</summary>
        private void Settle(long now)
        {
            if (_until == 0)
            {
                return;
            }

            if (now >= _until)
            {
                SetOffWaitTime(0);
                if (_on)
                {
                    Switch(false);
                }

                Run(now);
            }
            else if (_on)
            {
                _onTime = Left(_onTime, now);
            }
            else
            {
                _offWaitTime = Left(_offWaitTime, now);
            }
        }

        /// <summary>Lets the time run that belongs to the present state, if one is set.</summary>
        private void Run(long now)
        {
            _isDue = false;
            _isTimed &= _onTime != 0 || _offWaitTime != 0;
            int tenths = _on ? _onTime : _offWaitTime;
            bool runs = _isTimed && tenths != 0 && _onTime != Unlimited && _offWaitTime != Unlimited;
            _until = runs ? now + (tenths * MsPerTenth) : 0;
            Wake();
        }
    }
}
