/** A line of text that the person has just asked for: typing goes there at once. */
export function AskedField({
  name,
  value,
  maxLength,
  onChange,
}: {
  name: string;
  value: string;
  maxLength: number;
  onChange: (value: string) => void;
}) {
  return (
    <label className="field">
      <span>{name}</span>
      <input
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
        autoFocus
        type="text"
        className="text-field"
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
