using System.Text.Json;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests.Keyboard;

/// <summary>
/// A person without a mouse. Wherever a key takes the focus, it has to be seen: on an element with a line around it, inside the window,
/// with nothing on top.
/// </summary>
internal sealed class Keys(IPage page)
{
    /// <summary>Nobody presses Tab more often to get to one thing.</summary>
    private const int MostSteps = 60;

    private const string Focus = """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const style = getComputedStyle(element), box = element.getBoundingClientRect();
          const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)], [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
          const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          const fits = box.width <= innerWidth && box.height <= innerHeight;
          return {
            tag: element.tagName.toLowerCase(),
            name: (element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 120),
            hasLine: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
            isInside: fits ? box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1 : right > left && bottom > top,
            isOnTop: Boolean(above) && (element.contains(above) || above.contains(element) || [...(element.labels ?? [])].some(label => label.contains(above))),
          };
        }
        """;

    /// <summary>Presses keys one after another, as a chord is written ("Control+k").</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>Writes where the focus is.</summary>
    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    /// <summary>Presses Tab until the focus is on something of that tag and name; every stop on the way has to be seen.</summary>
    public async Task TabToAsync(string tag, string name, string key = "Tab")
    {
        var stops = new List<string>();
        while (stops.Count < MostSteps)
        {
            await PressAsync(key);
            var stop = await SeenAsync();
            if (stop.Tag == tag && stop.Name.StartsWith(name, StringComparison.Ordinal))
            {
                return;
            }

            stops.Add(stop.ToString());
        }

        Assert.Fail($"no {tag} '{name}' within {MostSteps} times {key}; stops: {string.Join(" | ", stops)}");
    }

    /// <summary>Waits until the focus has arrived at something of that tag and name, and can be seen there.</summary>
    public async Task ArrivesAtAsync(string tag, string name)
    {
        await Patience.UntilAsync($"the focus on {tag} '{name}'", async () => await ReadAsync() is { } stop && stop.Tag == tag && stop.Name.StartsWith(name, StringComparison.Ordinal));
        await SeenAsync();
    }

    /// <summary>Where the focus is, which has to be seen.</summary>
    public async Task<FocusStop> SeenAsync()
    {
        var stop = await ReadAsync();
        Assert.True(stop is not null, "the focus is lost");
        Assert.True(stop.HasLine, $"no line around {stop}");
        Assert.True(stop.IsInside, $"outside the window: {stop}");
        Assert.True(stop.IsOnTop, $"covered: {stop}");
        return stop;
    }

    private async Task<FocusStop?> ReadAsync() => (await page.EvaluateAsync<JsonElement?>(Focus))?.Deserialize<FocusStop>(JsonSerializerOptions.Web);
}

/// <summary>Where the focus is.</summary>
/// <param name="Tag">Name of the element.</param>
/// <param name="Name">What it says.</param>
/// <param name="HasLine">Whether a line is drawn around it.</param>
/// <param name="IsInside">Whether it is inside the window; one larger than the window, whether a part of it is.</param>
/// <param name="IsOnTop">Whether nothing covers its middle.</param>
internal sealed record FocusStop(string Tag, string Name, bool HasLine, bool IsInside, bool IsOnTop)
{
    public override string ToString() => $"{Tag} '{Name}'";
}
