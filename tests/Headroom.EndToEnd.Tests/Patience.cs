using System.Diagnostics;

namespace Headroom.EndToEnd.Tests;

/// <summary>
/// Tests wait for a condition, never for a time. How long one may take is bounded only so that a test that cannot succeed ends: by far
/// more than a loaded machine needs.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private const int LooksBetweenActs = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks again and again until there is an answer.</summary>
    /// <param name="what">What is waited for, for the failure.</param>
    /// <param name="ask">Returns null while there is none.</param>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> ask)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"waited {Limit} for {what} in vain");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Does something, and does it again when it shows no effect for a while: a page that is drawn anew loses what was done to it meanwhile.</summary>
    /// <param name="what">The effect, for the failure.</param>
    /// <param name="act">Safe to do twice.</param>
    /// <param name="isTrue">Whether there is the effect.</param>
    public static async Task RepeatUntilAsync(string what, Func<Task> act, Func<Task<bool>> isTrue)
    {
        var looks = 0;
        await UntilAsync(what, async () =>
        {
            if (await isTrue())
            {
                return true;
            }

            if (looks++ % LooksBetweenActs == 0)
            {
                await act();
            }

            return false;
        });
    }

    /// <summary>Asks again and again until it is true.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> isTrue) => UntilAsync(what, async () => await isTrue() ? "yes" : null);
}
