using System.Diagnostics;
using System.Globalization;

namespace Headroom.Cli.Commands.Up;

/// <summary>Prints what is being done and how long it took, one line per step, progress below it.</summary>
internal sealed class Steps(TextWriter output)
{
    /// <summary>Runs one step; <paramref name="work"/> reports progress in words and returns what to say at the end.</summary>
    public async Task<T> RunAsync<T>(string name, Func<IProgress<string>, Task<(T Result, string Summary)>> work)
    {
        output.WriteLine($"  {name} ...");
        var started = Stopwatch.GetTimestamp();
        var (result, summary) = await work(new Lines(output));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"✓ {name}: {summary} ({seconds:F1} s)"));
        return result;
    }

    /// <summary>Runs one step that has no result.</summary>
    public Task RunAsync(string name, Func<IProgress<string>, Task<string>> work) =>
        RunAsync(name, async progress => (true, await work(progress)));

    /// <summary>Writes progress at once and in order; <see cref="Progress{T}"/> would hand it to the thread pool.</summary>
    private sealed class Lines(TextWriter output) : IProgress<string>
    {
        public void Report(string value) => output.WriteLine($"    {value}");
    }
}
