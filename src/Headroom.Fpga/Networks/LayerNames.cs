using System.Text.RegularExpressions;

namespace Headroom.Fpga.Networks;

/// <summary>Translates the names Keras, QKeras and the record formats give layers and activations.</summary>
public static partial class LayerNames
{
    /// <summary>The kind behind a class name such as QConv2D or average_pooling; null when it is none we know.</summary>
    public static LayerKind? Kind(string className)
    {
        var name = Plain(className);
        if (name.Length > 1 && name[0] == 'q' && !name.StartsWith("quant", StringComparison.Ordinal))
        {
            name = name[1..];
        }

        return name switch
        {
            "inputlayer" or "input" => LayerKind.Input,
            "dense" or "linear" or "densebatchnorm" => LayerKind.Dense,
            "conv1d" or "convolution1d" or "conv1dbatchnorm" => LayerKind.Conv1D,
            "conv2d" or "convolution2d" or "conv2dbatchnorm" => LayerKind.Conv2D,
            "separableconv1d" => LayerKind.SeparableConv1D,
            "separableconv2d" => LayerKind.SeparableConv2D,
            "depthwiseconv1d" => LayerKind.DepthwiseConv1D,
            "depthwiseconv2d" => LayerKind.DepthwiseConv2D,
            "lstm" => LayerKind.Lstm,
            "gru" => LayerKind.Gru,
            "maxpooling1d" or "maxpooling2d" or "maxpooling" or "maxpool1d" or "maxpool2d" => LayerKind.MaxPooling,
            "averagepooling1d" or "averagepooling2d" or "averagepooling" or "avgpool1d" or "avgpool2d" => LayerKind.AveragePooling,
            "globalmaxpooling1d" or "globalmaxpooling2d" or "globalmaxpooling" => LayerKind.GlobalMaxPooling,
            "globalaveragepooling1d" or "globalaveragepooling2d" or "globalaveragepooling" => LayerKind.GlobalAveragePooling,
            "batchnormalization" or "batchnorm" or "batchnorm1d" or "batchnorm2d" => LayerKind.BatchNormalization,
            "activation" or "activ" or "relu" or "leakyrelu" or "elu" or "prelu" or "thresholdedrelu" or "softmax" or "sigmoid" or "tanh"
                or "selu" or "softplus" or "softsign" or "hardsigmoid" or "hardtanh" => LayerKind.Activation,
            "flatten" => LayerKind.Flatten,
            "reshape" or "permute" => LayerKind.Reshape,
            "zeropadding1d" or "zeropadding2d" or "zeropadding" => LayerKind.ZeroPadding,
            "upsampling1d" or "upsampling2d" or "upsampling" => LayerKind.UpSampling,
            "dropout" or "spatialdropout1d" or "spatialdropout2d" or "gaussiannoise" or "gaussiandropout" or "activityregularization" or "identity" => LayerKind.Dropout,
            "add" or "subtract" or "multiply" or "average" or "maximum" or "minimum" or "merge" => LayerKind.Add,
            "concatenate" or "concat" => LayerKind.Concatenate,
            _ => null,
        };
    }

    /// <summary>The activation behind relu, quantized_relu(16,1), hard_sigmoid; Other for one we do not know.</summary>
    public static ActivationKind Activation(string? name)
    {
        var plain = Plain((name ?? "linear").Split('(')[0]);
        return plain switch
        {
            "" or "linear" or "quantizedbits" or "quantizedlinear" or "identity" or "none" => ActivationKind.Linear,
            "relu" or "relu6" or "quantizedrelu" => ActivationKind.Relu,
            "leakyrelu" or "prelu" or "quantizedleakyrelu" or "thresholdedrelu" => ActivationKind.LeakyRelu,
            "elu" => ActivationKind.Elu,
            "selu" => ActivationKind.Selu,
            "tanh" or "quantizedtanh" => ActivationKind.Tanh,
            "sigmoid" or "quantizedsigmoid" => ActivationKind.Sigmoid,
            "hardsigmoid" => ActivationKind.HardSigmoid,
            "hardtanh" => ActivationKind.HardTanh,
            "softplus" => ActivationKind.Softplus,
            "softsign" => ActivationKind.Softsign,
            "softmax" => ActivationKind.Softmax,
            "binarytanh" or "binary" or "stochasticbinary" => ActivationKind.BinaryTanh,
            "ternarytanh" or "ternary" or "stochasticternary" => ActivationKind.TernaryTanh,
            _ => ActivationKind.Other,
        };
    }

    /// <summary>The format behind a QKeras quantiser text, for example quantized_bits(6,0,alpha=1) is 6 bits, 1 of them integer; null when it names none.</summary>
    public static FixedPoint? Quantiser(string? text)
    {
        if (text is null || text.Length > 200)
        {
            return null;
        }

        var name = Plain(text.Split('(')[0]);
        switch (name)
        {
            case "binary" or "stochasticbinary":
                return new FixedPoint(1, 1);
            case "ternary" or "stochasticternary":
                return new FixedPoint(2, 2);
        }

        var match = Numbers().Match(text);
        if (!name.StartsWith("quantized", StringComparison.Ordinal) || !match.Success
            || !int.TryParse(match.Groups[1].ValueSpan, out var bits) || bits is < 1 or > FixedPoint.MaximumBits)
        {
            return null;
        }

        // QKeras counts integer bits without the sign.
        var integerBits = int.TryParse(match.Groups[2].ValueSpan, out var given) ? given : 0;
        var signed = name != "quantizedrelu";
        return new FixedPoint(bits, integerBits + (signed ? 1 : 0), signed);
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex(@"\(\s*(?:bits\s*=\s*)?(\d{1,4})\s*(?:,\s*(?:integer\s*=\s*)?(-?\d{1,4}))?", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
