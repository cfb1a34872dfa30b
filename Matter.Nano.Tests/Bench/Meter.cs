using System;
using System.Diagnostics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Bench
{
    /// <summary>
    /// Measures what an operation costs on this interpreter in units of the calibration loop
    /// <c>for (int i = 0; i &lt; 20000000; i++) s += i;</c>, of which a thousandth is run before and after each interval:
    /// 220 million IL instructions in all, so that times become instructions, more or less.
    /// </summary>
    internal sealed class Meter
    {
        private const int LoopCount = 20000;
        private const int LoopInstructions = 11 * LoopCount;

        // A ten-thousandth of the whole loop.
        private const long InstructionsPerRatio = 22000;

        // How far a time may be off, in percent.
        private const int Tolerance = 35;

        // Runs undisturbed that are wanted, and how many are made at most to get them.
        private const int WantedRuns = 2;
        private const int MaxRuns = 8;

        private readonly string _name;
        private readonly int _budget;
        private readonly int _ratio;
        private long _loopTicks;
        private long _slowestLoop;
        private long _started;
        private long _ticks;
        private long _best = long.MaxValue;
        private int _runs;
        private int _undisturbed;

        /// <summary>Creates a meter for an operation whose time is only shown: calls take longer than an instruction of the loop.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="budget">IL instructions that it may cost.</param>
        public Meter(string name, int budget)
            : this(name, budget, 0)
        {
        }

        /// <summary>Creates a meter for an operation whose time is held against the loop's.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="budget">IL instructions that it may cost.</param>
        /// <param name="ratio">Ten-thousandths of the loop's time that it may take, give or take the tolerance.</param>
        public Meter(string name, int budget, int ratio)
        {
            _name = name;
            _budget = budget;
            _ratio = ratio;
        }

        /// <summary>Whether another run is wanted: the machine had other things to do in the ones so far.</summary>
        public bool WantsMore { get { return _undisturbed < WantedRuns && _runs < MaxRuns; } }

        /// <summary>Begins a run that may have several intervals.</summary>
        public void Begin()
        {
            _loopTicks = long.MaxValue;
            _slowestLoop = 0;
            CalibrateLong();
            _ticks = 0;
            Mark("begin " + _name);
        }

        /// <summary>Begins an interval.</summary>
        public void Start()
        {
            Calibrate();
            Mark("start");
            _started = DateTime.UtcNow.Ticks;
        }

        /// <summary>Ends it.</summary>
        public void Stop()
        {
            _ticks += DateTime.UtcNow.Ticks - _started;
            Mark("stop");
        }

        /// <summary>
        /// Ends the run; the best of several counts, but for those on a machine that has other things to do: the loops before
        /// and after take as long as the run itself, and who interrupts that interrupts one of them.
        /// </summary>
        public void End()
        {
            Mark("end " + _name);
            CalibrateLong();
            _runs++;
            if (_slowestLoop * 100 > _loopTicks * (100 + Tolerance)) return;
            _undisturbed++;
            long cost = _ticks * LoopInstructions / _loopTicks;
            if (cost < _best) _best = cost;
        }

        /// <summary>Prints the result and holds it against the budget.</summary>
        public void Report()
        {
            Assert.IsTrue(_loopTicks != 0, _name + " was not measured");
            if (_undisturbed < (_ratio == 0 ? 1 : WantedRuns))
            {
                OutputHelper.WriteLine(_name + ": the machine was busy");
                return;
            }

            string text = _name + ": about " + _best.ToString() + " IL by time, budget " + _budget.ToString();
            OutputHelper.WriteLine(text);
            Assert.IsTrue(_ratio == 0 || _best * 100 <= _ratio * InstructionsPerRatio * (100 + Tolerance), text);
        }

        // As long as the budget.
        private void CalibrateLong()
        {
            for (int done = 0; done < _budget; done += LoopInstructions) Calibrate();
        }

        private void Calibrate()
        {
            long before = DateTime.UtcNow.Ticks;
            int s = 0;
            for (int i = 0; i < LoopCount; i++) s += i;
            long ticks = DateTime.UtcNow.Ticks - before + 1;
            if (ticks < _loopTicks) _loopTicks = ticks;
            if (ticks > _slowestLoop) _slowestLoop = ticks;
        }

        // For an interpreter that counts instructions and adds the count to each line of output.
        [Conditional("IL_LINES")]
        private static void Mark(string text)
        {
            OutputHelper.WriteLine(text);
        }
    }
}
