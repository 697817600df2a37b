using System.Globalization;

namespace Headroom.Cli;

/// <summary>Progress on standard error, where it does not mix with a report: at most a line per whole percent, only when somebody watches.</summary>
internal sealed class TerminalProgress : IProgress<double>
{
    private readonly string _what;
    private int _last = -1;

    private TerminalProgress(string what) => _what = what;

    public static TerminalProgress Create(string what) => new(what);

    public void Report(double value)
    {
        var percent = (int)(value * 100);
        if (percent == _last || Console.IsErrorRedirected)
        {
            return;
        }

        _last = percent;
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{_what} {percent} %"));
        if (percent >= 100)
        {
            Console.Error.WriteLine();
        }
    }
}
