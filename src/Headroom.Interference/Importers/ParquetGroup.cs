using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Headroom.Interference.Importers;

/// <summary>Columns of one row group as numbers, whatever numeric type the file gives them.</summary>
internal sealed class ParquetGroup(string path, ParquetSchema schema, ParquetRowGroupReader rows)
{
    public bool Has(string column) => schema.GetDataFields().Any(field => field.Path.FirstPart == column);

    /// <summary>One number per row; NaN where it is null.</summary>
    public async Task<double[]> NumbersAsync(string column, CancellationToken cancellationToken)
    {
        var field = Field(column);
        using var data = await rows.ReadRawColumnDataBaseAsync(field, cancellationToken).ConfigureAwait(false);
        var values = Values(column, data);
        if (field.MaxDefinitionLevel == 0)
        {
            return values;
        }

        var next = 0;
        return [.. data.DefinitionLevels.ToArray().Select(level => level == field.MaxDefinitionLevel ? values[next++] : double.NaN)];
    }

    /// <summary>One list of numbers per row, empty where the list is null; NaN where an item is null.</summary>
    public async Task<double[][]> ListsAsync(string column, CancellationToken cancellationToken)
    {
        var field = Field(column);
        if (field.MaxRepetitionLevel != 1)
        {
            throw new InvalidDataException($"{path}, column {column}: expected a list of numbers, got {field}.");
        }

        using var data = await rows.ReadRawColumnDataBaseAsync(field, cancellationToken).ConfigureAwait(false);
        var values = Values(column, data);
        var (definitions, repetitions) = (data.DefinitionLevels.ToArray(), data.RepetitionLevels.ToArray());
        var itemLevel = field.MaxDefinitionLevel - (field.IsNullable ? 1 : 0);
        var lists = new List<List<double>>();
        var next = 0;
        for (var entry = 0; entry < repetitions.Length; entry++)
        {
            if (repetitions[entry] == 0)
            {
                lists.Add([]);
            }

            if (definitions[entry] == field.MaxDefinitionLevel)
            {
                lists[^1].Add(values[next++]);
            }
            else if (definitions[entry] == itemLevel && field.IsNullable)
            {
                lists[^1].Add(double.NaN);
            }
        }

        return [.. lists.Select(list => list.ToArray())];
    }

    private DataField Field(string column) => schema.GetDataFields().FirstOrDefault(field => field.Path.FirstPart == column)
        ?? throw new InvalidDataException($"{path}: expected a column '{column}', found {string.Join(", ", schema.GetDataFields().Select(field => field.Path.FirstPart))}.");

    private double[] Values(string column, RawColumnData data) => data switch
    {
        RawColumnData<double> numbers => numbers.Values.ToArray(),
        RawColumnData<float> numbers => Array.ConvertAll(numbers.Values.ToArray(), value => (double)value),
        RawColumnData<int> numbers => Array.ConvertAll(numbers.Values.ToArray(), value => (double)value),
        RawColumnData<long> numbers => Array.ConvertAll(numbers.Values.ToArray(), value => (double)value),
        _ => throw new InvalidDataException($"{path}, column {column}: expected numbers, got {data.GetType()}."),
    };
}
