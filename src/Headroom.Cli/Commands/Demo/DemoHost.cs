using System.Globalization;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Demo;

/// <summary>
/// A host that was never there: recorded scenes follow each other, with more neighbours by day than by night, around one application
/// that stays at home on it. Every scene was really measured on one busy machine; <see cref="HostLoad"/> says how much of it this host shows. Only
/// GPUs are simulated, and named so.
/// </summary>
internal sealed class DemoHost
{
    /// <summary>How long a scene stays on.</summary>
    public static readonly TimeSpan Episode = TimeSpan.FromMinutes(10);

    /// <summary>How the names of all demo hosts begin.</summary>
    public const string NamePrefix = "demo-";

    private readonly IReadOnlyList<IReadOnlyList<Scene>> _byNeighbours;
    private readonly DayCurve _curve;
    private readonly HostLoad _load;
    private readonly SimulatedGpus? _gpus;
    private readonly int _number;
    private readonly int _seed;

    /// <param name="number">Its number in the fleet, from 1.</param>
    /// <param name="scenes">All recorded scenes; the ones around its home application are used.</param>
    /// <param name="gpus">How many GPUs it has.</param>
    /// <param name="seed">Which scenes follow each other.</param>
    public DemoHost(int number, IReadOnlyList<Scene> scenes, int gpus, int seed)
    {
        var applications = scenes.Select(scene => scene.Application).Distinct().Order(StringComparer.Ordinal).ToArray();
        Home = applications[(number - 1) % applications.Length];
        (_number, _seed, Name) = (number, seed, string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{number:00}"));
        _byNeighbours = [.. scenes.Where(scene => scene.Application == Home).GroupBy(scene => scene.Neighbours).OrderBy(group => group.Key).Select(group => group.ToArray())];
        _curve = new DayCurve(4 + (number % 5));
        _load = new HostLoad(number, seed, _curve);
        _gpus = gpus > 0 ? new SimulatedGpus(gpus, number, seed, _curve) : null;
    }

    public string Name { get; }

    /// <summary>The application that always runs on it.</summary>
    public string Home { get; }

    /// <summary>What an agent on it would have sent.</summary>
    /// <param name="agent">Who sends.</param>
    /// <param name="epoch">Epoch of the sequences.</param>
    /// <param name="first">Sequence of the first frame.</param>
    /// <param name="times">When each frame was taken, and the time of the story at which it was.</param>
    public FrameBatch Batch(Guid agent, Guid epoch, long first, IReadOnlyList<(DateTimeOffset At, DateTimeOffset Story)> times)
    {
        var entities = new Dictionary<(EntityKind, string), EntityDescriptor>();
        var frames = times.Select((time, index) => new Frame(
            first + index, time.At, [.. Read(time.Story).Select(sample => new EntitySample(Number(sample.Entity), sample.Values))])).ToArray();
        return new FrameBatch(agent, epoch, MetricCatalogue.Current.Version, [.. entities.Values], frames, []);

        int Number(EntityDescriptor entity)
        {
            if (!entities.TryGetValue((entity.Kind, entity.Key), out var numbered))
            {
                entities[(entity.Kind, entity.Key)] = numbered = entity with { LocalId = entities.Count, Name = entity.Kind == EntityKind.Host ? Name : entity.Name };
            }

            return numbered.LocalId;
        }
    }

    private IEnumerable<(EntityDescriptor Entity, MetricVector Values)> Read(DateTimeOffset story)
    {
        var scene = SceneAt(story);
        var recorded = scene.Seconds[(int)(story.ToUnixTimeSeconds() % scene.Seconds.Count)];
        var shown = ScaledScene.At(recorded, _load.ActivityAt(story), _load.FilledAt(story));
        return _gpus is null ? shown : shown.Concat(_gpus.Read(story));
    }

    private Scene SceneAt(DateTimeOffset story)
    {
        var episode = story.Ticks / Episode.Ticks;
        var random = new Random(unchecked((int)(episode * 31) + (_number * 7919) + (_seed * 1_000_003)));
        var busy = Math.Clamp(_curve.At(story) + (0.3 * (random.NextDouble() - 0.5)), 0, 1);
        var scenes = _byNeighbours[(int)Math.Round(busy * (_byNeighbours.Count - 1))];
        return scenes[random.Next(scenes.Count)];
    }
}
