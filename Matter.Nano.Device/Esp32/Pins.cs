using System.Device.Gpio;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>The board's lamp, status LED and button; one that the board has not got stays dark, or is never pressed.</summary>
    internal sealed class Pins
    {
        private readonly GpioPin _light;
        private readonly GpioPin _status;
        private readonly GpioPin _button;
        private bool _isStatusOn;

        /// <summary>Takes the pins.</summary>
        public Pins()
        {
            GpioController controller = new GpioController();
            _light = Open(controller, Board.LightPin, PinMode.Output);
            _status = Open(controller, Board.StatusPin, PinMode.Output);
            _button = Open(controller, Board.ButtonPin, PinMode.InputPullUp);
        }

        /// <summary>Whether the button is down.</summary>
        public bool IsButtonDown { get { return _button != null && !(bool)_button.Read(); } }

        /// <summary>Switches the lamp.</summary>
        public void SetLight(bool on)
        {
            if (_light != null)
            {
                _light.Write(on);
            }
        }

        /// <summary>Switches the status LED.</summary>
        public void SetStatus(bool on)
        {
            if (_status != null && on != _isStatusOn)
            {
                _isStatusOn = on;
                _status.Write(on);
            }
        }

        private static GpioPin Open(GpioController controller, int pin, PinMode mode)
        {
            return pin < 0 ? null : controller.OpenPin(pin, mode);
        }
    }
}
