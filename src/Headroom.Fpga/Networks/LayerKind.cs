namespace Headroom.Fpga.Networks;

/// <summary>What a layer computes, in hls4ml's vocabulary.</summary>
public enum LayerKind
{
    Input,
    Dense,
    Conv1D,
    Conv2D,
    SeparableConv1D,
    SeparableConv2D,
    DepthwiseConv1D,
    DepthwiseConv2D,
    Lstm,
    Gru,
    MaxPooling,
    AveragePooling,
    GlobalMaxPooling,
    GlobalAveragePooling,
    BatchNormalization,
    Activation,
    Flatten,
    Reshape,
    ZeroPadding,
    UpSampling,
    Dropout,
    Add,
    Concatenate,
}

/// <summary>The non-linearity of an activation layer.</summary>
public enum ActivationKind
{
    Linear,
    Relu,
    LeakyRelu,
    Elu,
    Selu,
    Tanh,
    Sigmoid,
    HardSigmoid,
    HardTanh,
    Softplus,
    Softsign,
    Softmax,
    BinaryTanh,
    TernaryTanh,
    Other,
}

/// <summary>How a convolution treats the border.</summary>
public enum PaddingKind
{
    Valid,
    Same,
}
