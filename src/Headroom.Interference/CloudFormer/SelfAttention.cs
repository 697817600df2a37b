using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Interference.CloudFormer;

/// <summary>Multi-head attention whose heads have a size of their own, whatever the width of a token (Vaswani et al. 2017, with Keras' key size).</summary>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;
    private readonly Linear output;
    private readonly int _heads;
    private readonly int _headSize;

    public SelfAttention(int width, int heads, int headSize)
        : base(nameof(SelfAttention))
    {
        (_heads, _headSize) = (heads, headSize);
        query = nn.Linear(width, heads * headSize);
        key = nn.Linear(width, heads * headSize);
        value = nn.Linear(width, heads * headSize);
        output = nn.Linear(heads * headSize, width);
        RegisterComponents();
    }

    /// <param name="tokens">Rows x tokens x width.</param>
    /// <param name="mask">Rows x 1 x 1 x tokens, true where a token may be looked at; null when all may.</param>
    public override Tensor forward(Tensor tokens, Tensor? mask)
    {
        var (rows, count) = (tokens.shape[0], tokens.shape[1]);
        var attended = nn.functional.scaled_dot_product_attention(Split(query), Split(key), Split(value), mask);
        return output.forward(attended.transpose(1, 2).reshape(rows, count, _heads * _headSize));

        Tensor Split(Linear projection) => projection.forward(tokens).view(rows, count, _heads, _headSize).transpose(1, 2);
    }
}
