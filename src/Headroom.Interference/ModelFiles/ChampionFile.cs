using System.Reflection;
using System.Text.Json;
using Headroom.Interference.Champion;
using Headroom.Interference.Features;
using Headroom.Interference.Runs;
using Headroom.Learning.Drift;
using Headroom.Learning.Kernels;
using Headroom.Learning.Kernels.Pairs;
using Headroom.Learning.LightGbm;
using Headroom.Learning.ModelFiles;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.ModelFiles;

/// <summary>Writes a trained champion to a file and reads it back in another process.</summary>
public static class ChampionFile
{
    public const string Kind = "interference.champion";

    private const string HeadPart = "champion.json";

    /// <param name="path">File to write.</param>
    /// <param name="champion">The trained model.</param>
    /// <param name="train">What it was trained on.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <param name="createdAt">When it was trained.</param>
    /// <param name="metrics">What was measured on held-out runs.</param>
    public static ModelCard Save(string path, FittedChampion champion, RunSet train, int seed, DateTimeOffset createdAt, IReadOnlyDictionary<string, double> metrics)
    {
        var parts = new Dictionary<string, byte[]>();
        var members = new List<MemberHead>();
        foreach (var (weight, model) in champion.Members)
        {
            var name = $"member-{members.Count + 1}";
            var (width, inner) = (PrefixModel)model;
            (string Type, byte[] Bytes) part = inner switch
            {
                LightGbmModel trees => (nameof(LightGbmModel), trees.Save()),
                GaussianProcessModel process => (nameof(GaussianProcessModel), JsonSerializer.SerializeToUtf8Bytes(process, ModelFile.Json)),
                PairProcessModel process => (nameof(PairProcessModel), JsonSerializer.SerializeToUtf8Bytes(process, ModelFile.Json)),
                _ => throw new NotSupportedException($"A champion's member of type {inner.GetType().Name} cannot be written to a file."),
            };
            members.Add(new MemberHead(name, part.Type, weight, width));
            parts[name] = part.Bytes;
        }

        parts[HeadPart] = JsonSerializer.SerializeToUtf8Bytes(
            new Head(champion.Features, champion.Range, champion.Ranges, champion.Base, members, champion.Intervals, champion.Reference),
            ModelFile.Json);
        var card = new ModelCard(
            Kind,
            [.. members.Select(member => FormattableString.Invariant($"{member.Type} {member.Weight:0.##}"))],
            Schema(train.Schema),
            train.Name,
            RunSetChecksum.Of(train),
            train.Runs.Count,
            seed,
            typeof(ChampionFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            createdAt,
            metrics);
        ModelFile.Write(path, card, parts);
        return card;
    }

    /// <summary>Reads a champion; with a schema, only one that was trained for it.</summary>
    /// <exception cref="InvalidDataException">The file is no champion.</exception>
    /// <exception cref="ModelMismatchException">It was trained for other features.</exception>
    public static (FittedChampion Champion, ModelCard Card) Load(string path, FeatureSchema? schema = null) => Load(ModelFile.Read(path), path, schema);

    /// <summary>Reads a champion from an open file.</summary>
    /// <param name="name">What to call it when it is none.</param>
    /// <exception cref="InvalidDataException">The file is no champion.</exception>
    public static (FittedChampion Champion, ModelCard Card) Load(Stream stream, string name) => Load(ModelFile.Read(stream, name), name, null);

    private static (FittedChampion Champion, ModelCard Card) Load(ModelFile file, string name, FeatureSchema? schema)
    {
        file.Require(Kind, schema is null ? file.Card.Schema : Schema(schema));
        var head = Read<Head>(file, HeadPart);
        var members = head.Members.Select(member => (member.Weight, Model: (ITabularModel)new PrefixModel(member.Width, member.Type switch
        {
            nameof(LightGbmModel) => LightGbmModel.Load(file.Part(member.Part), member.Width),
            nameof(GaussianProcessModel) => Read<GaussianProcessModel>(file, member.Part),
            nameof(PairProcessModel) => Read<PairProcessModel>(file, member.Part),
            _ => throw new InvalidDataException($"{name}: expected a member of type LightGbmModel, GaussianProcessModel or PairProcessModel, got {member.Type}."),
        }))).ToArray();
        return (new FittedChampion(head.Features, members, head.Range, head.Intervals, head.Ranges, head.Base, head.Reference is { Residuals: not null } whole ? whole : null), file.Card);
    }

    private static IReadOnlyList<string> Schema(FeatureSchema schema) => [.. schema.Metrics.Select(metric => $"metric {metric}"), .. schema.Context.Select(feature => $"context {feature}")];

    private static T Read<T>(ModelFile file, string part) => JsonSerializer.Deserialize<T>(file.Part(part), ModelFile.Json)
        ?? throw new InvalidDataException($"model {file.Card.Id}: part {part} is empty.");

    private sealed record MemberHead(string Part, string Type, double Weight, int Width);

    private sealed record Head(
        RichFeatures Features, TargetRange Range, FeatureRanges Ranges, float[] Base, IReadOnlyList<MemberHead> Members, IntervalModel Intervals,
        DriftReference? Reference = null);
}
