namespace System.Device.Gpio
{
    public sealed class GpioController
    {
        public extern GpioController();
        public extern GpioPin OpenPin(int pinNumber, PinMode mode);
    }

    public sealed class GpioPin
    {
        internal extern GpioPin();
        public extern PinValue Read();
        public extern void Write(PinValue value);
    }

    public enum PinMode
    {
        Input = 0,
        InputPullDown = 1,
        InputPullUp = 2,
        Output = 3,
    }

    public struct PinValue
    {
        public static extern explicit operator bool(PinValue value);
        public static extern implicit operator PinValue(bool value);
    }
}
