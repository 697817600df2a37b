using System.Text.Json;
using static TorchSharp.torch;

namespace Headroom.Learning.Training;

/// <summary>What a training run needs to go on after a stop: weights, optimizer moments, best weights, history.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly nn.Module _module;
    private readonly TrainingOptions _options;
    private readonly string? _folder;
    private readonly List<TrainingProgress> _history = [];
    private byte[]? _best;
    private int _bestEpoch;

    public TrainingState(nn.Module module, TrainingOptions options, string? folder)
    {
        (_module, _options, _folder) = (module, options, folder);
        Optimizer = new Adam(module.parameters(), options.LearningRate, options.WeightDecay);
        if (folder is not null && File.Exists(HistoryPath(folder)))
        {
            Resume(folder);
        }
    }

    public Adam Optimizer { get; }

    /// <summary>Epochs finished.</summary>
    public int Epoch => _history.Count;

    public bool IsStale(int patience) => _best is not null && Epoch - _bestEpoch >= patience;

    public void Finish(TrainingProgress progress)
    {
        var best = _history.Select(past => past.ValidationLoss).Min();
        _history.Add(progress);
        if (progress.ValidationLoss is { } loss && (best is null || loss < best))
        {
            (_best, _bestEpoch) = (ModuleBytes.Save(_module), Epoch);
        }

        if (_folder is not null)
        {
            Save(_folder);
        }
    }

    public void RestoreBest()
    {
        if (_best is not null)
        {
            ModuleBytes.Load(_module, _best);
        }
    }

    public TrainingOutcome Outcome() => new(Epoch, _best is null ? Epoch : _bestEpoch, _history.Select(past => past.ValidationLoss).Min(), _history);

    public void Dispose() => Optimizer.Dispose();

    // The history goes last and by rename: a checkpoint without it does not count.
    private void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        File.Delete(HistoryPath(folder));
        _module.save(Path.Combine(folder, "weights.dat"));
        Optimizer.save_state_dict(Path.Combine(folder, "optimizer.dat"));
        if (_best is not null)
        {
            File.WriteAllBytes(Path.Combine(folder, "best.dat"), _best);
        }

        File.WriteAllText(HistoryPath(folder) + ".new", JsonSerializer.Serialize(new Checkpoint(_options, _bestEpoch, _history)));
        File.Move(HistoryPath(folder) + ".new", HistoryPath(folder), overwrite: true);
    }

    private void Resume(string folder)
    {
        var checkpoint = JsonSerializer.Deserialize<Checkpoint>(File.ReadAllText(HistoryPath(folder)))
            ?? throw new InvalidDataException($"{HistoryPath(folder)}: expected a checkpoint, got nothing.");
        if (checkpoint.Options != _options)
        {
            throw new InvalidDataException($"{folder}: expected a checkpoint of {_options}, got one of {checkpoint.Options}; remove the folder to start over.");
        }

        _module.load(Path.Combine(folder, "weights.dat"));
        Optimizer.load_state_dict(Path.Combine(folder, "optimizer.dat"));
        _bestEpoch = checkpoint.BestEpoch;
        _best = _bestEpoch > 0 ? File.ReadAllBytes(Path.Combine(folder, "best.dat")) : null;
        _history.AddRange(checkpoint.History);
    }

    private static string HistoryPath(string folder) => Path.Combine(folder, "checkpoint.json");

    private sealed record Checkpoint(TrainingOptions Options, int BestEpoch, IReadOnlyList<TrainingProgress> History);
}
