namespace Headroom.MemoryPlacement.Footprints;

public enum Optimizer
{
    Adam,
    Lion,
    Adam8Bit,
}

/// <summary>How a model is trained.</summary>
/// <param name="MicroBatch">Sequences per GPU and pass.</param>
/// <param name="ContextTokens">Tokens of one sequence.</param>
/// <param name="Gpus">GPUs in all.</param>
/// <param name="Optimizer">Optimizer, which decides the states.</param>
/// <param name="Checkpointing">Keep one activation per layer and compute the rest again.</param>
/// <param name="ZeroStage">0 to 3: what data-parallel ranks share (optimizer, gradients, weights).</param>
/// <param name="TensorParallel">GPUs that split every layer.</param>
/// <param name="PipelineParallel">GPUs that split the layers.</param>
public sealed record TrainingRun(
    int MicroBatch = 1, long ContextTokens = 32_768, int Gpus = 1, Optimizer Optimizer = Optimizer.Adam, bool Checkpointing = true,
    int ZeroStage = 3, int TensorParallel = 1, int PipelineParallel = 1)
{
    /// <summary>Ranks that hold the same part of the model.</summary>
    public int DataParallel => Gpus / (TensorParallel * PipelineParallel);

    /// <summary>Sequences in one step over all data-parallel ranks.</summary>
    public int Sequences => MicroBatch * DataParallel;

    /// <summary>Tokens in one step.</summary>
    public double Tokens => (double)Sequences * ContextTokens;

    /// <exception cref="MemoryInputException">A number is out of range, or the degrees do not divide the GPUs.</exception>
    public TrainingRun Checked()
    {
        Positive(MicroBatch, "micro-batch");
        Positive(ContextTokens, "context tokens");
        Positive(Gpus, "GPUs");
        Positive(TensorParallel, "tensor parallel degree");
        Positive(PipelineParallel, "pipeline parallel degree");
        return ZeroStage is < 0 or > 3
            ? throw new MemoryInputException($"Expected a ZeRO stage of 0 to 3, got {ZeroStage}.")
            : Gpus % (TensorParallel * PipelineParallel) != 0
                ? throw new MemoryInputException($"Expected GPUs to be a multiple of tensor x pipeline parallel ({TensorParallel} x {PipelineParallel}), got {Gpus}.")
                : this;
    }

    private static void Positive(long value, string name)
    {
        if (value < 1)
        {
            throw new MemoryInputException($"Expected at least 1 for the {name}, got {value}.");
        }
    }
}
