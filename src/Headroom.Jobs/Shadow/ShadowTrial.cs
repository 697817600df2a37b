using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Jobs.Models;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Shadow;

/// <summary>Whether and how long a challenger is tried on live traffic.</summary>
public sealed class ShadowTrial(InterferencePredictions predictions, IOptions<ModelOptions> options, TimeProvider clock)
{
    /// <summary>Whether a challenger with these features can be tried: it can be served live, and the champion answers live windows.</summary>
    public async Task<bool> IsPossibleAsync(ModelVersionRow champion, FeatureSchema schema, CancellationToken cancellationToken)
    {
        var shadow = options.Value.Shadow;
        return shadow.Hours > 0 && LiveFeatures.CanServe(schema)
            && await predictions.IsAnsweringAsync(champion.CardId, clock.GetUtcNow() - TimeSpan.FromMinutes(shadow.TrafficMinutes), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>When a trial that began at a time is over, whatever labels came.</summary>
    public DateTimeOffset EndOf(DateTimeOffset began) => began + TimeSpan.FromHours(options.Value.Shadow.Hours);

    /// <summary>What happens next, in a sentence.</summary>
    public string Announce() => FormattableString.Invariant(
        $"it answers live traffic in the shadow until {options.Value.Shadow.Labels} labels came, at the latest until {EndOf(clock.GetUtcNow()):yyyy-MM-dd HH:mm} UTC");
}
