namespace Matter.Nano.Device.Hardware
{
    /// <summary>What somebody does with a push button, from its bouncing contact: a short press, or a long one while it still lasts.</summary>
    public sealed class PushButton
    {
        /// <summary>Nothing happened.</summary>
        public const int None = 0;

        /// <summary>It was pressed and let go.</summary>
        public const int ShortPress = 1;

        /// <summary>It has been held for <see cref="LongPressMs"/>; told once, and no short press follows.</summary>
        public const int LongPress = 2;

        /// <summary>How long the contact must be steady to count, in ms.</summary>
        public const int DebounceMs = 30;

        /// <summary>How long the button is held for a long press, in ms.</summary>
        public const int LongPressMs = 10000;

        private bool _contact; // as read last
        private long _contactSince;
        private bool _isPressed; // without the bouncing
        private long _pressedSince;
        private bool _isSpent; // the long press was told, or the button was down from the start

        /// <summary>Starts with what the contact shows: a button that is down by then counts once it was let go.</summary>
        /// <param name="contact">True while the contact is closed.</param>
        /// <param name="now">Monotonic ms.</param>
        public PushButton(bool contact, long now)
        {
            _contact = contact;
            _contactSince = now;
            _isPressed = contact;
            _isSpent = contact;
        }

        /// <summary>True while it is held down.</summary>
        public bool IsPressed { get { return _isPressed; } }

        /// <summary>How long it has been held down, in ms; 0 if it isn't, or if that means nothing any more.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The time.</returns>
        public long HeldMs(long now)
        {
            return _isPressed && !_isSpent ? now - _pressedSince : 0;
        }

        /// <summary>Takes in what the contact shows now; call it every 10 to 50 ms.</summary>
        /// <param name="contact">True while the contact is closed.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="None"/>, <see cref="ShortPress"/> or <see cref="LongPress"/>.</returns>
        public int Poll(bool contact, long now)
        {
            if (contact != _contact)
            {
                _contact = contact;
                _contactSince = now;
            }

            if (contact != _isPressed && now - _contactSince >= DebounceMs)
            {
                bool wasSpent = _isSpent;
                _isPressed = contact;
                _pressedSince = _contactSince;
                _isSpent = false;
                return contact || wasSpent ? None : ShortPress;
            }

            if (_isPressed && !_isSpent && now - _pressedSince >= LongPressMs)
            {
                _isSpent = true;
                return LongPress;
            }

            return None;
        }
    }
}
