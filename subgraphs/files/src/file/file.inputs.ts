import { Length, Matches, Min } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';

@InputType({ description: 'A file that will be uploaded.' })
export class CreateUploadInput {
  @Field({ description: 'File name, 1 to 255 characters, without path or control characters.' })
  @Length(1, 255)
  @Matches(/^[^\p{Cc}/\\]+$/u, { message: 'name must have no slash, backslash or control character' })
  name!: string;

  @Field({ description: 'Media type: application/pdf, image/jpeg or image/png.' })
  @Length(1, 100)
  contentType!: string;

  @Field(() => Int, { description: 'Bytes, 1 to 20 MB.' })
  @Min(0)
  size!: number;

  @Field({ description: 'SHA-256 of the bytes, 64 lower-case hexadecimal digits.' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'sha256 must be 64 lower-case hexadecimal digits' })
  sha256!: string;
}
