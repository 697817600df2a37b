using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Keeps of every reading what the result needs.</summary>
internal sealed class RowLog(RowScenario scenario, int ticksPerMinute)
{
    private const int MinutesPerPoint = 10;
    private const double RiseSeconds = 40;

    private readonly Queue<double> _window = new();
    private readonly int _windowTicks = Math.Max((int)Math.Round(RiseSeconds / scenario.Settings.MeterSeconds), 1);
    private readonly double[] _levels = new double[Enum.GetValues<PowerLevel>().Length];
    private readonly List<RowPoint> _points = [];
    private readonly List<double> _minutes = [];
    private double _sum;
    private double _minuteSum;
    private double _pointSum;
    private double _pointPeak;
    private PowerLevel _pointLevel;
    private double _peak;
    private double _last = double.NaN;
    private double _rise2;
    private double _rise40;
    private long _ticks;

    public int Brakes { get; private set; }

    public void Add(double reading, PowerLevel level, bool braked)
    {
        Brakes += braked ? 1 : 0;
        _levels[(int)level]++;
        _sum += reading;
        _peak = Math.Max(_peak, reading);
        _rise2 = _ticks > 0 ? Math.Max(_rise2, reading - _last) : 0;
        _last = reading;
        _window.Enqueue(reading);
        if (_window.Count > _windowTicks)
        {
            _window.Dequeue();
        }

        if (reading - _rise40 > _window.Peek() || _ticks % 8 == 0)
        {
            _rise40 = Math.Max(_rise40, reading - Lowest());
        }

        _minuteSum += reading;
        _pointSum += reading;
        _pointPeak = Math.Max(_pointPeak, reading);
        _pointLevel = level > _pointLevel ? level : _pointLevel;
        if (++_ticks % ticksPerMinute == 0)
        {
            _minutes.Add(_minuteSum / ticksPerMinute);
            _minuteSum = 0;
        }

        var perPoint = ticksPerMinute * MinutesPerPoint;
        if (_ticks % perPoint == 0)
        {
            _points.Add(new RowPoint((_ticks - perPoint) * scenario.Settings.MeterSeconds, _pointSum / perPoint, _pointPeak, _pointLevel));
            (_pointSum, _pointPeak, _pointLevel) = (0, 0, PowerLevel.Free);
        }
    }

    public RowResult ToResult(PriorityService high, PriorityService low) => new(
        scenario.Servers, scenario.Policy.Name, scenario.Seed, _ticks * scenario.Settings.MeterSeconds, Brakes, _sum / Math.Max(_ticks, 1), _peak, _rise2, _rise40,
        high, low, [.. _levels.Select(ticks => ticks / Math.Max(_ticks, 1))], new TraceErrors(Error(1), Error(5)), _points);

    private double Lowest()
    {
        var lowest = double.PositiveInfinity;
        foreach (var reading in _window)
        {
            lowest = Math.Min(lowest, reading);
        }

        return lowest;
    }

    // Against the trace as it would be with this many servers.
    private double Error(int minutes)
    {
        var more = scenario.Servers / (double)scenario.Settings.ProvisionedServers;
        var stretches = _minutes.Count / minutes;
        return stretches == 0 ? double.NaN : 100 * Enumerable.Range(0, stretches).Average(stretch =>
        {
            var wanted = more * Enumerable.Range(stretch * minutes, minutes).Average(minute => scenario.Trace.Minutes[minute]);
            var had = Enumerable.Range(stretch * minutes, minutes).Average(minute => _minutes[minute]);
            return Math.Abs(had - wanted) / wanted;
        });
    }
}
